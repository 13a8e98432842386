// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/filesystem.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <optional>

namespace steward::inline v0::adapters {

file_area::file_area(const filesystem_settings& settings, detail::resolution how)
    : base_path_{settings.base_path}, auto_cleanup_{settings.auto_cleanup},
      base_{settings.base_path, "open the base_path", how}, temporaries_{base_, settings.base_path, settings.temp_dir}
{
}

file_area::~file_area()
{
    if (auto_cleanup_)
        temporaries_.remove_all();
}

std::string file_area::read(const std::filesystem::path& path) const
{
    const detail::descriptor file = open_file(path, O_RDONLY, "read");
    struct stat found{};
    if (fstat(file.get(), &found) != 0)
        detail::fail(errno, "read", path);
    std::string content;
    content.resize(static_cast<std::size_t>(found.st_size) + 1); // one byte more tells the end
    std::size_t done = 0;
    for (;;) {
        if (done == content.size())
            content.resize(done + done / 2 + 1); // it grows, or told no size (as in /proc)
        const ssize_t n = ::read(file.get(), content.data() + done, content.size() - done);
        if (n == 0)
            break;
        if (n > 0)
            done += static_cast<std::size_t>(n);
        else if (errno != EINTR)
            detail::fail(errno, "read", path);
    }
    content.resize(done);
    return content;
}

bool file_area::remove(const std::filesystem::path& path)
{
    try {
        const detail::directory::place at = place_of(path, "remove");
        const int parent = at.parent.get();
        if (unlinkat(parent, at.name.c_str(), 0) != 0
            && ((errno != EISDIR && errno != EPERM) || unlinkat(parent, at.name.c_str(), AT_REMOVEDIR) != 0))
            detail::fail(errno, "remove", path);
    } catch (const filesystem_error& error) {
        if (error.code() == filesystem_errc::not_found)
            return false;
        throw;
    }
    if (path.is_absolute())
        temporaries_.forget(path);
    return true;
}

bool file_area::exists(const std::filesystem::path& path) const
{
    try {
        if (!path.is_absolute() && detail::components(path, "exists").empty())
            return true; // the base path itself
        const detail::directory::place at = place_of(path, "exists");
        struct stat found{};
        if (fstatat(at.parent.get(), at.name.c_str(), &found, AT_SYMLINK_NOFOLLOW) != 0)
            detail::fail(errno, "exists", path);
        if (S_ISLNK(found.st_mode))
            throw filesystem_error{filesystem_errc::symbolic_link, "exists", path.native()};
        return true;
    } catch (const filesystem_error& error) {
        if (error.code() == filesystem_errc::not_found || error.code() == filesystem_errc::not_a_directory)
            return false;
        throw;
    }
}

std::uintmax_t file_area::size(const std::filesystem::path& path) const
{
    const detail::descriptor file = open_file(path, O_RDONLY, "size");
    struct stat found{};
    if (fstat(file.get(), &found) != 0)
        detail::fail(errno, "size", path);
    return static_cast<std::uintmax_t>(found.st_size);
}

void file_area::make_directories(const std::filesystem::path& path)
{
    base_.make_directories(path, "make_directories");
}

std::filesystem::path file_area::create_temp(std::string_view prefix) { return temporaries_.create(prefix); }

bool file_area::usable() const noexcept
{
    struct stat found{};
    return fstat(base_.get(), &found) == 0 && found.st_nlink > 0;
}

detail::directory::place file_area::place_of(const std::filesystem::path& path, std::string_view operation) const
{
    if (path.is_absolute())
        if (std::optional<detail::directory::place> temporary = temporaries_.find(path))
            return std::move(*temporary);
    return base_.parent_of(path, operation);
}

detail::descriptor file_area::open_file(const std::filesystem::path& path, int flags, std::string_view operation) const
{
    const detail::directory::place at = place_of(path, operation);
    try {
        return at.parent.open_file(at.name, flags, operation, 0666);
    } catch (const filesystem_error& error) { // which knows only the last component
        throw filesystem_error{error.code(), operation, path.native(), error.native_code()};
    }
}

} // namespace steward::inline v0::adapters
