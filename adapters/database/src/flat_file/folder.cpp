// SPDX-License-Identifier: BSL-1.0
#include "folder.hpp"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace steward::inline v0::adapters::detail {

namespace {

constexpr std::string_view csv_extension = ".csv", json_lines_extension = ".jsonl";

database_errc code_of(int number) noexcept
{
    switch (number) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG: return database_errc::out_of_space;
    case EACCES:
    case EPERM: return database_errc::permission_denied;
    case EROFS: return database_errc::read_only;
    case ENOMEM: return database_errc::out_of_memory;
    default: return database_errc::input_output;
    }
}

std::string text_of_error(int number) { return std::error_code{number, std::generic_category()}.message(); }

} // namespace

file_descriptor::~file_descriptor()
{
    if (number_ >= 0)
        ::close(number_);
}

file_identity file_identity::of(const struct stat& status) noexcept
{
    return {status.st_dev, status.st_ino, status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

file_role role_of(std::string_view name) noexcept
{
    if (name == schema_file)
        return file_role::schema;
    if (name.starts_with('.'))
        return file_role::none;
    if (name.ends_with(csv_extension))
        return file_role::csv;
    return name.ends_with(json_lines_extension) ? file_role::json_lines : file_role::none;
}

std::string_view table_of(std::string_view file_name) noexcept { return file_name.substr(0, file_name.rfind('.')); }

std::string_view refused_as_file(std::string_view table) noexcept
{
    if (table.empty())
        return "it is empty";
    if (table.starts_with('.'))
        return "it begins with a dot";
    if (table.find('/') != std::string_view::npos)
        return "it has a slash";
    if (std::ranges::any_of(table, [](unsigned char c) { return c < ' ' || c == 0x7f; }))
        return "it has a control character";
    return table.size() > 240 ? "it has more than 240 bytes" : std::string_view{};
}

folder::folder(const std::string& path, bool read_only) : path_{path}, read_only_{read_only}
{
    descriptor_ = file_descriptor{::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!descriptor_)
        throw error(database_errc::cannot_connect, "expected a folder that can be read: " + text_of_error(errno));
    lock();
}

void folder::lock() const
{
    // Never unlocked by hand: it goes with the last descriptor, and a child process shares this one.
    while (::flock(descriptor_.get(), (read_only_ ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0) {
        if (errno == EINTR)
            continue;
        if (errno == EWOULDBLOCK)
            throw error(database_errc::busy, read_only_
                                                 ? "another process, or another resource of this one, has it open for "
                                                   "writing; close that first"
                                                 : "another process, or another resource of this one, has it open; "
                                                   "close that first, or open both with read_only");
        throw error(database_errc::cannot_connect,
                    "cannot be locked, expected a local file system: " + text_of_error(errno));
    }
}

std::vector<std::string> folder::names() const
{
    // A descriptor of its own: the position in the folder belongs to it.
    const int opened = ::openat(descriptor_.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const std::unique_ptr<DIR, int (*)(DIR*)> stream{opened < 0 ? nullptr : ::fdopendir(opened), &::closedir};
    if (!stream)
        throw system_error("cannot list the files", {}, errno);
    std::vector<std::string> result;
    errno = 0;
    while (const dirent* const entry = ::readdir(stream.get())) // NOLINT(concurrency-mt-unsafe): a stream of our own
        result.emplace_back(entry->d_name);
    if (errno != 0)
        throw system_error("cannot list the files", {}, errno);
    std::ranges::sort(result);
    return result;
}

bool folder::look_up(const std::string& name, struct stat& status) const
{
    if (::fstatat(descriptor_.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0)
        return true;
    if (errno == ENOENT)
        return false;
    throw system_error("cannot look at", name, errno);
}

bool folder::exists(const std::string& name) const
{
    struct stat status{};
    return look_up(name, status);
}

file_content folder::read(const std::string& name) const
{
    // Not to wait where it is a pipe.
    const file_descriptor file{
        ::openat(descriptor_.get(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)};
    if (!file && errno == ELOOP)
        throw error(database_errc::cannot_connect, name + " is a symbolic link, expected a regular file");
    struct stat status{};
    if (!file || ::fstat(file.get(), &status) != 0)
        throw system_error("cannot open", name, errno);
    if (!S_ISREG(status.st_mode))
        throw error(database_errc::cannot_connect, name + " is no regular file");
    if (status.st_nlink > 1 && !read_only_)
        throw error(database_errc::cannot_connect,
                    name + " has several names (hard links), which a commit would part; copy it, or open read_only");

    file_content result{std::string(static_cast<std::size_t>(status.st_size), '\0'), file_identity::of(status)};
    std::size_t size = 0;
    for (;;) {
        if (size == result.text.size())
            result.text.resize(size + 1); // to see its end, or that it has grown
        const ssize_t got = ::read(file.get(), result.text.data() + size, result.text.size() - size);
        if (got == 0)
            break;
        if (got > 0)
            size += static_cast<std::size_t>(got);
        else if (errno != EINTR)
            throw system_error("cannot read", name, errno);
    }
    result.text.resize(size);
    return result;
}

file_descriptor folder::create(const std::string& name, mode_t mode) const
{
    remove(name); // whatever it is: a link there must not lead elsewhere
    file_descriptor file{::openat(descriptor_.get(), name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)};
    if (!file)
        throw system_error("cannot create", name, errno);
    return file;
}

void folder::rename(const std::string& from, const std::string& to) const
{
    if (::renameat(descriptor_.get(), from.c_str(), descriptor_.get(), to.c_str()) != 0)
        throw system_error("cannot replace", to, errno);
}

void folder::remove(const std::string& name) const
{
    if (::unlinkat(descriptor_.get(), name.c_str(), 0) != 0 && errno != ENOENT)
        throw system_error("cannot remove", name, errno);
}

void folder::synchronize() const
{
    if (::fsync(descriptor_.get()) != 0)
        throw system_error("cannot synchronize", {}, errno);
}

database_error folder::error(database_errc code, std::string_view reason) const
{
    return database_error{code, "the folder '" + path_ + "': " + std::string{reason}};
}

database_error folder::system_error(std::string_view doing, std::string_view name, int number) const
{
    std::string reason{doing};
    if (!name.empty())
        reason.append(" ").append(name);
    return error(code_of(number), reason + ": " + text_of_error(number));
}

} // namespace steward::inline v0::adapters::detail
