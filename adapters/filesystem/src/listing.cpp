// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/filesystem/file_area.hpp>

#include <dirent.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <span>
#include <string>

namespace steward::inline v0::adapters {

namespace {

struct closer {
    void operator()(DIR* stream) const noexcept { closedir(stream); }
};

std::vector<std::string> names_in(detail::descriptor&& directory, const std::filesystem::path& path)
{
    const int fd = directory.get();
    const std::unique_ptr<DIR, closer> stream{fdopendir(fd)};
    if (stream == nullptr)
        detail::fail(errno, "list", path);
    static_cast<void>(directory.release()); // the stream closes it
    std::vector<std::string> names;
    errno = 0;
    while (const dirent* entry = readdir(stream.get())) {
        const std::string_view name{entry->d_name};
        if (name != "." && name != "..")
            names.emplace_back(name);
    }
    if (errno != 0)
        detail::fail(errno, "list", path);
    return names;
}

// One component of the pattern in one directory; those behind it in the directories that match.
void match(const detail::directory& in, const std::filesystem::path& at, std::span<const std::string> pattern,
           std::vector<std::filesystem::path>& found)
{
    for (const std::string& name : names_in(in.open(".", O_RDONLY | O_DIRECTORY, "list"), at)) {
        if (fnmatch(pattern.front().c_str(), name.c_str(), FNM_PERIOD) != 0)
            continue;
        struct stat entry{};
        if (fstatat(in.get(), name.c_str(), &entry, AT_SYMLINK_NOFOLLOW) != 0)
            continue; // it has just been removed
        if (pattern.size() == 1) {
            if (S_ISREG(entry.st_mode) || S_ISDIR(entry.st_mode))
                found.push_back(at / name);
        } else if (S_ISDIR(entry.st_mode)) {
            try {
                const detail::directory next{in.open(name, O_RDONLY | O_DIRECTORY, "list"), in.how()};
                match(next, at / name, pattern.subspan(1), found);
            } catch (const filesystem_error& error) { // removed, or replaced by something else, since we looked
                if (error.code() != filesystem_errc::not_found && error.code() != filesystem_errc::not_a_directory
                    && error.code() != filesystem_errc::symbolic_link)
                    throw;
            }
        }
    }
}

} // namespace

std::vector<std::filesystem::path> file_area::list(const std::filesystem::path& pattern) const
{
    const std::vector<std::string> parts = detail::components(pattern, "list");
    if (parts.empty())
        throw filesystem_error{filesystem_errc::invalid_path, "list", pattern.native()};
    std::vector<std::filesystem::path> found;
    match(base_, {}, parts, found);
    std::ranges::sort(found);
    return found;
}

} // namespace steward::inline v0::adapters
