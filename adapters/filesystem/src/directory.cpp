// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/filesystem/detail/directory.hpp>
#include <steward/adapters/filesystem/error.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#if defined(__linux__)
#include <linux/openat2.h>
#include <sys/syscall.h>
#endif

#include <cerrno>
#include <cstdint>
#include <utility>

namespace steward::inline v0::adapters::detail {

namespace {

#if defined(__linux__)
constexpr int only_path = O_PATH;

int open_beneath(int fd, const char* path, int flags, mode_t mode) noexcept
{
    open_how how{};
    how.flags = static_cast<std::uint64_t>(flags & ~O_NOFOLLOW); // else a link is told as "not a directory"
    how.mode = (flags & O_CREAT) != 0 ? mode : 0;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
    for (;;) {
        const long opened = syscall(SYS_openat2, fd, path, &how, sizeof how);
        if (opened >= 0 || (errno != EAGAIN && errno != EINTR)) // EAGAIN: somebody moved a directory meanwhile
            return static_cast<int>(opened);
    }
}
#else
constexpr int only_path = O_RDONLY;

int open_beneath(int, const char*, int, mode_t) noexcept
{
    errno = ENOSYS;
    return -1;
}
#endif

bool is_link(int fd, const char* name) noexcept
{
    struct stat found{};
    return fstatat(fd, name, &found, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(found.st_mode);
}

filesystem_errc code_of(int error) noexcept
{
    switch (error) {
    case ENOENT: return filesystem_errc::not_found;
    case ENOTDIR: return filesystem_errc::not_a_directory;
    case ELOOP: return filesystem_errc::symbolic_link;
    case EXDEV: return filesystem_errc::outside;
    case EISDIR:
    case ENXIO: return filesystem_errc::not_a_file;
    case ENOTEMPTY:
    case EEXIST: return filesystem_errc::not_empty;
    case EACCES:
    case EPERM:
    case EROFS: return filesystem_errc::permission_denied;
    case ENOSPC:
    case EDQUOT:
    case EFBIG: return filesystem_errc::out_of_space;
    case ENAMETOOLONG:
    case EINVAL: return filesystem_errc::invalid_path;
    default: return filesystem_errc::input_output;
    }
}

std::string joined(const std::vector<std::string>& parts)
{
    std::string result;
    for (const std::string& part : parts)
        result.append(result.empty() ? "" : "/").append(part);
    return result.empty() ? "." : result;
}

} // namespace

void fail(int error, std::string_view operation, const std::filesystem::path& path)
{
    throw filesystem_error{code_of(error), operation, path.native(), error};
}

resolution best_resolution() noexcept
{
    static const resolution best = [] {
        const descriptor here{open_beneath(AT_FDCWD, ".", only_path | O_DIRECTORY | O_CLOEXEC, 0)};
        return here ? resolution::kernel : resolution::walk;
    }();
    return best;
}

std::vector<std::string> components(const std::filesystem::path& path, std::string_view operation)
{
    const std::string& text = path.native();
    if (text.empty() || text.find('\0') != std::string::npos)
        throw filesystem_error{filesystem_errc::invalid_path, operation, text};
    if (path.is_absolute())
        throw filesystem_error{filesystem_errc::outside, operation, text};
    std::vector<std::string> parts;
    for (const std::filesystem::path& part : path) {
        if (part == "..")
            throw filesystem_error{filesystem_errc::outside, operation, text};
        if (!part.empty() && part != ".")
            parts.push_back(part.native());
    }
    return parts;
}

directory::directory(const std::filesystem::path& path, std::string_view operation, resolution how)
    : fd_{::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)}, how_{how}
{
    if (!fd_)
        fail(errno, operation, path);
}

descriptor directory::open(const std::filesystem::path& path, int flags, std::string_view operation, mode_t mode) const
{
    const std::vector<std::string> parts = components(path, operation);
    descriptor opened{try_open(parts, flags | O_CLOEXEC | O_NOFOLLOW, mode)};
    if (!opened)
        fail(errno, operation, path);
    return opened;
}

descriptor directory::open_file(const std::filesystem::path& path, int flags, std::string_view operation,
                                mode_t mode) const
{
    descriptor opened = open(path, flags | O_NONBLOCK | O_NOCTTY, operation, mode);
    struct stat found{};
    if (fstat(opened.get(), &found) != 0)
        fail(errno, operation, path);
    if (!S_ISREG(found.st_mode))
        throw filesystem_error{filesystem_errc::not_a_file, operation, path.native()};
    return opened;
}

directory::place directory::parent_of(const std::filesystem::path& path, std::string_view operation) const
{
    std::vector<std::string> parts = components(path, operation);
    if (parts.empty() || !path.has_filename() || path.filename() == ".")
        throw filesystem_error{filesystem_errc::invalid_path, operation, path.native()};
    std::string name = std::move(parts.back());
    parts.pop_back();
    descriptor opened{try_open(parts, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW, 0)};
    if (!opened)
        fail(errno, operation, path);
    return {directory{std::move(opened), how_}, std::move(name)};
}

void directory::make_directories(const std::filesystem::path& path, std::string_view operation) const
{
    std::filesystem::path so_far;
    for (const std::string& part : components(path, operation)) {
        so_far /= part;
        const place at = parent_of(so_far, operation);
        if (mkdirat(at.parent.get(), part.c_str(), 0777) != 0 && errno != EEXIST)
            fail(errno, operation, path);
    }
    static_cast<void>(open(path, O_RDONLY | O_DIRECTORY, operation)); // a file may stand there
}

int directory::try_open(const std::vector<std::string>& parts, int flags, mode_t mode) const
{
    if (how_ == resolution::walk)
        return walk(parts, flags, mode);
    return open_beneath(fd_.get(), joined(parts).c_str(), flags, mode);
}

int directory::walk(const std::vector<std::string>& parts, int flags, mode_t mode) const noexcept
{
    if (parts.empty())
        return openat(fd_.get(), ".", flags, mode);
    descriptor at{openat(fd_.get(), ".", only_path | O_DIRECTORY | O_CLOEXEC)};
    for (std::size_t i = 0; at; ++i) {
        const char* const name = parts[i].c_str();
        const bool last = i + 1 == parts.size();
        descriptor next{openat(at.get(), name, last ? flags : only_path | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, mode)};
        if (!next) {
            const int error = errno;
            errno = is_link(at.get(), name) ? ELOOP : error;
            return -1;
        }
        if (last)
            return next.release();
        at = std::move(next);
    }
    return -1;
}

} // namespace steward::inline v0::adapters::detail
