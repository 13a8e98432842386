// SPDX-License-Identifier: BSL-1.0
// One binary runs every test with the system's asymmetric fence, another with full fences on both sides.

#include <steward/detail/asymmetric_fence.hpp>

#include <gtest/gtest.h>

namespace {

using steward::detail::asymmetric_fence;

class fence_environment : public testing::Environment {
    void SetUp() override
    {
        asymmetric_fence::prepare();
#ifdef STEWARD_TEST_SYMMETRIC_FENCE
        asymmetric_fence::force_symmetric(true);
#endif
    }
};

const testing::Environment* const environment = testing::AddGlobalTestEnvironment(new fence_environment);

TEST(fence, is_the_one_that_this_binary_is_for)
{
    ASSERT_NE(environment, nullptr);
#ifdef STEWARD_TEST_SYMMETRIC_FENCE
    EXPECT_FALSE(asymmetric_fence::expedited());
#endif
}

} // namespace
