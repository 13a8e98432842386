// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <cstdlib>
#include <new>

namespace {

// Every allocation of this binary is counted; the tests look at the difference. The next ones can fail.
std::atomic<std::size_t> allocations{0};
std::atomic<int> failing{0};

void* counted(std::size_t size, std::size_t alignment)
{
    ++allocations;
    if (failing > 0 && failing-- > 0)
        throw std::bad_alloc{};
    const std::size_t rounded = (size + alignment - 1) / alignment * alignment;
    if (void* const memory = std::aligned_alloc(alignment, rounded == 0 ? alignment : rounded))
        return memory;
    throw std::bad_alloc{};
}

void* counted_or_null(std::size_t size, std::size_t alignment) noexcept
{
    try {
        return counted(size, alignment);
    } catch (...) {
        return nullptr;
    }
}

} // namespace

// GCC takes freeing by free what operator new gave for a mistake, although it is this file's own operator new.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
#endif

void* operator new(std::size_t size) { return counted(size, alignof(std::max_align_t)); }
void* operator new(std::size_t size, std::align_val_t a) { return counted(size, static_cast<std::size_t>(a)); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept
{
    return counted_or_null(size, alignof(std::max_align_t));
}
void* operator new(std::size_t size, std::align_val_t a, const std::nothrow_t&) noexcept
{
    return counted_or_null(size, static_cast<std::size_t>(a));
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

using namespace steward::test;

namespace {

struct alignas(128) wide {
    std::byte bytes[300]{};
};
struct wide_adapter {
    struct settings {};
    using resource_type = wide;
    explicit wide_adapter(settings) {}
    wide create() { return {}; }
};

template <class Pooling>
class allocation : public testing::Test {
public:
    using things =
        steward::resource<"things", wide_adapter, Pooling, steward::metrics::counters, steward::ownership::tracked>;
    steward::manager<things> manager;

    void use()
    {
        auto owner = manager.owner("somebody", 1);
        owner.template acquire<"things">();
        auto a = manager.template acquire<"things">();
        auto b = manager.template acquire<"things">();
        a.discard();
        auto c = manager.template try_acquire<"things">();
        EXPECT_TRUE(c);
    }
};
using without_waste = testing::Types<steward::pooling::arena<4>, steward::pooling::arena<100>,
                                     steward::pooling::transient, steward::pooling::bounded<0, 4>>;
TYPED_TEST_SUITE(allocation, without_waste);

TYPED_TEST(allocation, ends_once_the_pool_has_been_as_full_as_it_gets)
{
    this->use();
    const std::size_t before = allocations;
    for (int i = 0; i != 1'000; ++i)
        this->use();
    EXPECT_EQ(allocations - before, 0U);
}

using in_arenas = testing::Types<steward::pooling::arena<4>, steward::pooling::transient>;
template <class Pooling>
class allocation_that_fails : public allocation<Pooling> {};
TYPED_TEST_SUITE(allocation_that_fails, in_arenas);

TYPED_TEST(allocation_that_fails, is_one_failed_acquisition_and_loses_nothing)
{
    failing = 2; // Boost.Pool tries a smaller block
    const auto refused = this->manager.template try_acquire<"things">();
    failing = 0;
    EXPECT_EQ(code_of(refused), steward::errc::create_failed);
    EXPECT_TRUE(contains(refused.error().what(), "bad_alloc"));
    this->use();
    EXPECT_EQ(this->manager.template metrics<"things">().failures, 1U);
    EXPECT_EQ(this->manager.template status<"things">().active, 0U);
}

/// Fails, and leaves no memory to say so.
struct greedy_adapter {
    struct settings {};
    using resource_type = int;
    explicit greedy_adapter(settings) {}
    int create()
    {
        failing = 1'000;
        throw std::bad_alloc{};
    }
};

TEST(allocation_of_an_error, that_fails_leaves_nothing_of_an_acquire_all_behind)
{
    using things = steward::resource<"things", wide_adapter>;
    using greedy = steward::resource<"greedy", greedy_adapter>;
    steward::manager<things, greedy> manager;
    auto owner = manager.owner("state", 1);
    const auto take_both = [&] { auto held = owner.acquire_all<steward::needs<"things", "greedy">>(); };
    EXPECT_THROW(take_both(), std::bad_alloc);
    failing = 0;
    EXPECT_FALSE(owner.has<"things">());
    EXPECT_EQ(manager.status<"things">().active, 0U);
}

TEST(allocation_of_an_owner, does_not_happen_for_a_literal_name)
{
    steward::manager<steward::resource<"limits", steward::adapters::value<int>>> manager;
    manager.acquire<"limits">().release();
    const std::size_t before = allocations;
    {
        auto owner = manager.owner("a name that is too long for the small string optimisation", 42);
        owner.acquire<"limits">();
    }
    EXPECT_EQ(allocations - before, 0U);
}

TEST(allocation_of_an_owner, happens_once_for_a_name_made_at_run_time)
{
    steward::manager<steward::resource<"limits", steward::adapters::value<int>>> manager;
    const std::string name = "another name that is too long for the small string optimisation";
    {
        auto first = manager.owner(name, 1);
    }
    const std::size_t before = allocations;
    {
        auto second = manager.owner(name, 2);
        second.acquire<"limits">();
    }
    EXPECT_EQ(allocations - before, 0U);
}

} // namespace
