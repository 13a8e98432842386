// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/error.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace steward::inline v0 {

/// Collects what is wrong with the settings of one resource, so that all of it can be said at once.
///
/// An adapter takes part by a function `static void check(const settings&, configuration_check&)`, which the
/// manager calls before it builds anything. `steward/field_name.hpp` finds the names of fields of Hana structs.
class configuration_check {
public:
    /// Problems of the resource of that name are added to `problems`, which has to live as long.
    configuration_check(std::string_view resource, std::vector<configuration_problem>& problems)
        : resource_{resource}, problems_{problems}
    {
    }

    /// Records that `field` should have been `expected` and is `got`; leave `got` out where it is a secret.
    void wrong(std::string_view field, std::string_view expected, std::string_view got = {})
    {
        std::string message{"expected "};
        message.append(expected);
        if (!got.empty())
            message.append(", got ").append(got);
        problems_.push_back({std::string{resource_}, std::string{field}, std::move(message)});
    }

    /// The name of the resource that is checked.
    [[nodiscard]] std::string_view resource() const noexcept { return resource_; }

private:
    std::string_view resource_;
    std::vector<configuration_problem>& problems_;
};

} // namespace steward::inline v0
