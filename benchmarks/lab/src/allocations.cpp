// SPDX-License-Identifier: BSL-1.0
// Replaces operator new by one that counts. The array forms, and those that do not throw, call these.
#include "allocations.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

thread_local std::uint64_t allocations = 0; // NOLINT: nothing else is as cheap

} // namespace

std::uint64_t steward::lab::allocations_of_this_thread() noexcept { return allocations; }

void* operator new(std::size_t size)
{
    ++allocations;
    if (void* const memory = std::malloc(std::max<std::size_t>(size, 1)))
        return memory;
    throw std::bad_alloc{};
}

void* operator new(std::size_t size, std::align_val_t alignment)
{
    ++allocations;
    const auto unit = static_cast<std::size_t>(alignment);
    if (void* const memory = std::aligned_alloc(unit, (std::max<std::size_t>(size, 1) + unit - 1) / unit * unit))
        return memory;
    throw std::bad_alloc{};
}

void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
