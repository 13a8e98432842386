// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>

namespace steward::inline v0::adapters {

/// A file's bytes in memory, without a copy: what `file_area::map` returns.
///
/// It outlives the lease that it came from, and the file's name. A file that another program shortens meanwhile ends the
/// process with SIGBUS when the missing part is read (mmap(2)); files that are replaced, as `write` does, are safe.
/// Threads: reading is safe from any number.
class mapped_file {
public:
    mapped_file() = default;
    /// Moving takes the bytes along; the one that was moved from is empty, or has those that the other had.
    /// @{
    mapped_file(mapped_file&& other) noexcept
        : data_{std::exchange(other.data_, nullptr)}, size_{std::exchange(other.size_, 0)}
    {
    }
    mapped_file& operator=(mapped_file&& other) noexcept
    {
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
        return *this;
    }
    /// @}
    ~mapped_file();

    /// The bytes; empty for an empty file. It is valid as long as this object.
    [[nodiscard]] std::string_view text() const noexcept { return {data_, size_}; }
    /// How many bytes.
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

private:
    friend class file_area;
    mapped_file(const char* data, std::size_t size) noexcept : data_{data}, size_{size} {}

    const char* data_ = nullptr;
    std::size_t size_ = 0;
};

} // namespace steward::inline v0::adapters
