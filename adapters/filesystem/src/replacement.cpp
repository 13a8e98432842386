// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/filesystem/file_area.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <optional>

// Writing. A file is replaced by a new one that was written whole, and on the disk, before it got the name: see
// rename(2), and "Files and Directories" in the manual of fsync(2) for why its directory is synchronised too.
namespace steward::inline v0::adapters {

namespace {

/// A file under a name that nobody knows, until it gets its own. Whatever happens before, it is removed.
class unnamed_file {
public:
    unnamed_file(int parent, const std::filesystem::path& path, mode_t mode)
        : parent_{parent}, path_{path}, name_{detail::random_name(".steward-")},
          file_{openat(parent, name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)}
    {
        if (!file_)
            detail::fail(errno, "write", path_);
    }
    ~unnamed_file()
    {
        if (!named_)
            unlinkat(parent_, name_.c_str(), 0);
    }
    unnamed_file(const unnamed_file&) = delete;
    unnamed_file& operator=(const unnamed_file&) = delete;

    [[nodiscard]] int get() const noexcept { return file_.get(); }

    void name_it(const char* name)
    {
        if (fsync(file_.get()) != 0 || renameat(parent_, name_.c_str(), parent_, name) != 0)
            detail::fail(errno, "write", path_);
        named_ = true;
        if (fsync(parent_) != 0 && errno != EINVAL) // some file systems cannot synchronise a directory
            detail::fail(errno, "write", path_);
    }

private:
    int parent_;
    const std::filesystem::path& path_;
    std::string name_;
    detail::descriptor file_;
    bool named_ = false;
};

void write_all(int file, std::string_view content, std::string_view operation, const std::filesystem::path& path)
{
    while (!content.empty()) {
        const ssize_t n = ::write(file, content.data(), content.size());
        if (n >= 0)
            content.remove_prefix(static_cast<std::size_t>(n));
        else if (errno != EINTR)
            detail::fail(errno, operation, path);
    }
}

// The file that will be replaced; nothing if there is none. Only files can be replaced.
std::optional<struct stat> replaced(int parent, const char* name, const std::filesystem::path& path)
{
    struct stat found{};
    if (fstatat(parent, name, &found, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno == ENOENT)
            return std::nullopt;
        detail::fail(errno, "write", path);
    }
    if (S_ISLNK(found.st_mode))
        throw filesystem_error{filesystem_errc::symbolic_link, "write", path.native()};
    if (!S_ISREG(found.st_mode))
        throw filesystem_error{filesystem_errc::not_a_file, "write", path.native()};
    return found;
}

// Gives a new file the permissions of the one that it replaces. Not the right to run as its owner or group, if those are
// others now: a program that somebody else could change would run as this process's user.
void keep_permissions(int file, const struct stat& old, const std::filesystem::path& path)
{
    struct stat made{};
    if (fstat(file, &made) != 0)
        detail::fail(errno, "write", path);
    const bool same = made.st_uid == old.st_uid && made.st_gid == old.st_gid;
    if (fchmod(file, old.st_mode & (same ? 07777 : 0777)) != 0)
        detail::fail(errno, "write", path);
}

} // namespace

void file_area::write(const std::filesystem::path& path, std::string_view content)
{
    const detail::directory::place at = place_of(path, "write");
    const int parent = at.parent.get();
    const std::optional<struct stat> old = replaced(parent, at.name.c_str(), path);
    unnamed_file file{parent, path, static_cast<mode_t>(old ? 0600 : 0666)}; // nobody else reads what may be private
    write_all(file.get(), content, "write", path);
    if (old)
        keep_permissions(file.get(), *old, path);
    file.name_it(at.name.c_str());
}

void file_area::append(const std::filesystem::path& path, std::string_view content)
{
    const detail::descriptor file = open_file(path, O_WRONLY | O_APPEND | O_CREAT, "append");
    write_all(file.get(), content, "append", path);
}

} // namespace steward::inline v0::adapters
