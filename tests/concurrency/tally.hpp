// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "trouble.hpp"

#include <steward/error.hpp>
#include <steward/metrics_snapshot.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace steward::test {

/// How the attempts of some threads ended.
struct tally {
    std::uint64_t got = 0;
    std::array<std::uint64_t, error_codes> failed{};

    void add(const tally& other)
    {
        got += other.got;
        for (std::size_t i = 0; i != failed.size(); ++i)
            failed[i] += other.failed[i];
    }
    void failed_with(errc code) { ++failed[static_cast<std::size_t>(code)]; }
    [[nodiscard]] bool met_its_end() const { return failed[static_cast<std::size_t>(errc::closed)] != 0; }
};

/// That every attempt, and everything that the adapter did, was counted once; nothing is left.
inline void expect_counted(const metrics_snapshot& counted, const tally& all, const trouble& log)
{
    EXPECT_EQ(log.there, 0);
    EXPECT_EQ(log.created, log.gone);
    EXPECT_EQ(counted.size, 0U);
    EXPECT_EQ(counted.active, 0U);
    EXPECT_EQ(counted.acquisitions, all.got);
    EXPECT_EQ(counted.releases, all.got);
    EXPECT_EQ(counted.hold_time.count, all.got);
    for (std::size_t i = 0; i != all.failed.size(); ++i)
        EXPECT_EQ(counted.failures_by[i], all.failed[i]) << to_string(static_cast<errc>(i));
    EXPECT_EQ(counted.creations, log.created);
    EXPECT_EQ(counted.create_time.count, log.created);
    EXPECT_EQ(counted.create_failures, log.not_created);
    EXPECT_EQ(counted.validation_failures, log.found_bad);
    EXPECT_EQ(counted.retirements, log.gone);
}

} // namespace steward::test
