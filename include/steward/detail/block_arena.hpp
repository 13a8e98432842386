// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <boost/pool/pool.hpp>

#include <algorithm>
#include <cstddef>
#include <mutex>
#include <new>

namespace steward::inline v0::detail {

/// Memory for objects of one type, in blocks that double in size and are kept until the arena goes (Boost.Pool).
///
/// Blocks are aligned for `T`, over-aligned types too: a block starts with its first chunk, and a chunk's size is a
/// multiple of the alignment. Thread-safe; one short lock for each call.
template <class T>
class block_arena {
public:
    /// Room for one `T`; throws std::bad_alloc.
    [[nodiscard]] void* allocate()
    {
        const std::lock_guard lock{mutex_};
        if (void* const place = pool_.malloc())
            return place;
        throw std::bad_alloc{};
    }

    void deallocate(void* place) noexcept
    {
        const std::lock_guard lock{mutex_};
        pool_.free(place);
    }

private:
    static constexpr std::size_t alignment = std::max(alignof(T), alignof(void*));
    static constexpr std::size_t chunk = (sizeof(T) + alignment - 1) / alignment * alignment;

    struct aligned_blocks {
        using size_type = std::size_t;
        using difference_type = std::ptrdiff_t;

        static char* malloc(size_type bytes) noexcept
        {
            return static_cast<char*>(::operator new(bytes, std::align_val_t{alignment}, std::nothrow));
        }
        static void free(char* block) noexcept { ::operator delete(block, std::align_val_t{alignment}); }
    };

    std::mutex mutex_;
    boost::pool<aligned_blocks> pool_{chunk};
};

} // namespace steward::inline v0::detail
