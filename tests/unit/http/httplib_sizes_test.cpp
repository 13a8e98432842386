// SPDX-License-Identifier: BSL-1.0
#include "httplib_sizes.hpp"

#include <gtest/gtest.h>

using namespace steward::adapters::detail;

namespace {

TEST(httplib, is_the_same_in_the_library_and_in_a_program_that_links_it)
{
    EXPECT_EQ(httplib_sizes_here, httplib_sizes_in_library());
}

} // namespace
