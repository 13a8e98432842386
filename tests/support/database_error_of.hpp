// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/error.hpp>

#include <gtest/gtest.h>

namespace steward::test {

using adapters::database_errc;
using adapters::database_error;

/// The error that `action` throws; fails the test if it throws none.
template <class Action>
[[nodiscard]] database_error error_of(Action action)
{
    try {
        action();
    } catch (const database_error& error) {
        return error;
    }
    ADD_FAILURE() << "expected a database_error";
    return database_error{database_errc::other, "no error"};
}

} // namespace steward::test
