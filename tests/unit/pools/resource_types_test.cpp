// SPDX-License-Identifier: BSL-1.0
#include "support/pool_combinations.hpp"
#include "support/pool_fixture.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>

using namespace steward::test;

namespace {

/// Makes a T by its default constructor, or by `make` where there is one.
template <class T>
struct maker {
    struct settings {};
    using resource_type = T;
    explicit maker(settings) {}
    T create() { return T(); }
};

struct move_only {
    std::unique_ptr<int> number = std::make_unique<int>(7);
};

struct immovable {
    immovable() = default;
    immovable(const immovable&) = delete;
    immovable& operator=(const immovable&) = delete;
    std::mutex mutex;
    const immovable* self = this;
};

template <std::size_t Alignment>
struct alignas(Alignment) aligned_to {
    std::byte bytes[Alignment]{};
};

struct without_address {
    int number = 7;
    void operator&() const = delete; // NOLINT: that is the test
};

template <class B>
class pool_holds : public testing::Test {
public:
    template <class T>
    using of = steward::manager<steward::resource<"thing", maker<T>, typename B::locking, typename B::pooling>>;
};
using all_poolings = pool_combinations<built_with<steward::locking::none, steward::pooling::bounded<0, 3>>,
                                       built_with<steward::locking::none, steward::pooling::arena<3>>,
                                       built_with<steward::locking::none, steward::pooling::transient>,
                                       built_with<steward::locking::none, steward::pooling::shared>,
                                       built_with<steward::locking::mutex, steward::pooling::bounded<0, 3>>,
                                       built_with<steward::locking::lock_free, steward::pooling::bounded<0, 3>>,
                                       built_with<steward::locking::lock_free, steward::pooling::arena<3>>,
                                       built_with<steward::locking::lock_free, steward::pooling::transient>,
                                       built_with<steward::locking::lock_free, steward::pooling::shared>>;
TYPED_TEST_SUITE(pool_holds, all_poolings);

TYPED_TEST(pool_holds, what_can_only_move)
{
    typename pool_holds<TypeParam>::template of<move_only> manager;
    EXPECT_EQ(*manager.template acquire<"thing">()->number, 7);
    EXPECT_EQ(*manager.template acquire<"thing">()->number, 7);
}

TYPED_TEST(pool_holds, what_cannot_move)
{
    typename pool_holds<TypeParam>::template of<immovable> manager;
    auto lease = manager.template acquire<"thing">();
    EXPECT_EQ(lease->self, lease.get());
    const std::lock_guard lock{lease->mutex};
}

TYPED_TEST(pool_holds, what_wants_a_wide_alignment)
{
    const auto expect_aligned = []<class T>(std::type_identity<T>) {
        typename pool_holds<TypeParam>::template of<T> manager;
        auto a = manager.template acquire<"thing">();
        auto b = manager.template acquire<"thing">();
        auto c = manager.template acquire<"thing">();
        for (const T* const each : {a.get(), b.get(), c.get()})
            EXPECT_EQ(reinterpret_cast<std::uintptr_t>(each) % alignof(T), 0U);
    };
    expect_aligned(std::type_identity<aligned_to<16>>{});
    expect_aligned(std::type_identity<aligned_to<64>>{});
    expect_aligned(std::type_identity<aligned_to<256>>{});
    expect_aligned(std::type_identity<char>{});
}

TYPED_TEST(pool_holds, what_is_false_null_or_zero)
{
    typename pool_holds<TypeParam>::template of<bool> flags;
    typename pool_holds<TypeParam>::template of<int*> pointers;
    typename pool_holds<TypeParam>::template of<int> numbers;
    auto flag = flags.template acquire<"thing">();
    auto pointer = pointers.template try_acquire<"thing">();
    auto number = numbers.template acquire<"thing">();
    EXPECT_TRUE(flag);
    EXPECT_FALSE(*flag);
    ASSERT_TRUE(pointer && *pointer);
    EXPECT_EQ(**pointer, nullptr);
    EXPECT_TRUE(number);
    EXPECT_EQ(*number, 0);
}

TYPED_TEST(pool_holds, what_is_false_through_an_owner)
{
    typename pool_holds<TypeParam>::template of<int*> pointers;
    auto owner = pointers.owner("somebody");
    EXPECT_EQ(owner.template acquire<"thing">(), nullptr);
    EXPECT_TRUE(owner.template has<"thing">());
    ASSERT_NE(owner.template get<"thing">(), nullptr);
    EXPECT_EQ(*owner.template get<"thing">(), nullptr);
}

TYPED_TEST(pool_holds, what_has_no_address_operator)
{
    typename pool_holds<TypeParam>::template of<without_address> manager;
    EXPECT_EQ(manager.template acquire<"thing">()->number, 7);
}

TYPED_TEST(pool_holds, what_is_empty)
{
    struct nothing {};
    typename pool_holds<TypeParam>::template of<nothing> manager;
    EXPECT_TRUE(manager.template acquire<"thing">());
}

} // namespace
