// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/filesystem/file_area.hpp>
#include <steward/adapters/filesystem/mapped_file.hpp>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>

namespace steward::inline v0::adapters {

mapped_file::~mapped_file()
{
    if (data_ != nullptr)
        munmap(const_cast<char*>(data_), size_);
}

mapped_file file_area::map(const std::filesystem::path& path) const
{
    const detail::descriptor file = open_file(path, O_RDONLY, "map");
    struct stat found{};
    if (fstat(file.get(), &found) != 0)
        detail::fail(errno, "map", path);
    const auto size = static_cast<std::size_t>(found.st_size);
    if (size == 0) // nothing can be mapped then
        return {};
    void* const data = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
    if (data == MAP_FAILED)
        detail::fail(errno, "map", path);
    return {static_cast<const char*>(data), size};
}

} // namespace steward::inline v0::adapters
