// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/filesystem/detail/temporaries.hpp>
#include <steward/adapters/filesystem/error.hpp>

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdint>
#include <random>
#include <utility>

namespace steward::inline v0::adapters::detail {

std::string random_name(std::string_view prefix)
{
    std::random_device random;
    std::uint64_t bits = (static_cast<std::uint64_t>(random()) << 32) | random();
    std::string name{prefix};
    for (int i = 0; i != 16; ++i, bits >>= 4)
        name += "0123456789abcdef"[bits & 15];
    return name;
}

namespace {

// What parent_path() says of every file in it: so without a slash at its end.
std::filesystem::path absolute(const std::filesystem::path& base_path, const std::filesystem::path& temp_dir)
{
    const std::filesystem::path base = std::filesystem::absolute(base_path);
    return ((temp_dir.empty() ? base : (base / temp_dir).lexically_normal()) / "file").parent_path();
}

} // namespace

temporaries::temporaries(const directory& base, const std::filesystem::path& base_path, std::filesystem::path temp_dir)
    : base_{base}, temp_dir_{std::move(temp_dir)}, where_{absolute(base_path, temp_dir_)}
{
}

std::filesystem::path temporaries::create(std::string_view prefix)
{
    if (prefix.find('/') != std::string_view::npos || prefix.find('\0') != std::string_view::npos)
        throw filesystem_error{filesystem_errc::invalid_path, "create_temp", prefix};
    const std::lock_guard lock{mutex_};
    if (!opened_)
        opened_.emplace(open_directory());
    for (;;) {
        const std::string name = random_name(prefix);
        const auto noted = names_.insert(name).first; // first, since it may fail
        const descriptor made{
            openat(opened_->get(), name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600)};
        const int error = errno;
        if (made)
            return where_ / name;
        names_.erase(noted);
        if (error != EEXIST)
            fail(error, "create_temp", where_ / name);
    }
}

std::optional<directory::place> temporaries::find(const std::filesystem::path& path) const
{
    const std::lock_guard lock{mutex_};
    if (!opened_ || path.parent_path() != where_ || !names_.contains(path.filename().native()))
        return std::nullopt;
    descriptor another{fcntl(opened_->get(), F_DUPFD_CLOEXEC, 0)};
    if (!another)
        fail(errno, "open", where_);
    return directory::place{directory{std::move(another), opened_->how()}, path.filename().native()};
}

void temporaries::forget(const std::filesystem::path& path)
{
    const std::lock_guard lock{mutex_};
    names_.erase(path.filename().native());
}

void temporaries::remove_all() noexcept
{
    const std::lock_guard lock{mutex_};
    for (const std::string& name : names_)
        unlinkat(opened_->get(), name.c_str(), 0); // somebody else may have removed it: nothing to do then
    names_.clear();
}

// One beneath the base is opened beneath it, so that no link leads out of it.
directory temporaries::open_directory() const
{
    if (temp_dir_.is_absolute()) {
        std::error_code error;
        std::filesystem::create_directories(temp_dir_, error); // opening says what is wrong, if something is
        return {temp_dir_, "create_temp", base_.how()};
    }
    const std::filesystem::path beneath = temp_dir_.empty() ? "." : temp_dir_;
    base_.make_directories(beneath, "create_temp");
    return {base_.open(beneath, O_RDONLY | O_DIRECTORY, "create_temp"), base_.how()};
}

} // namespace steward::inline v0::adapters::detail
