// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace steward::inline v0::testing {

/// What an adapter or a policy does that it must not: nothing, if it conforms. `EXPECT_TRUE(c) << c.text();`
class conformance {
public:
    /// Whether no rule is broken.
    [[nodiscard]] explicit operator bool() const noexcept { return broken_.empty(); }
    /// One sentence for each rule that is broken.
    [[nodiscard]] const std::vector<std::string>& broken_rules() const noexcept { return broken_; }
    /// The broken rules, a line for each; empty if there are none.
    [[nodiscard]] std::string text() const
    {
        std::string all;
        for (const std::string& rule : broken_)
            all.append(rule).append("\n");
        return all;
    }

    /// A rule, and whether it holds.
    void expect(bool holds, std::string rule)
    {
        if (!holds)
            broken_.push_back(std::move(rule));
    }

private:
    std::vector<std::string> broken_;
};

} // namespace steward::inline v0::testing
