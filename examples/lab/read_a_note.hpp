// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "notes.hpp"

#include <stdexcept>
#include <tuple>

/// What the program does most of the time: takes a session, asks one question, gives the session back.
struct read_a_note {
    static auto settings() { return std::tuple{notes::with({.connection = ":memory:"})}; }

    static void run(auto& resources)
    {
        auto db = resources.template acquire<"notes">();
        if (db->template query_one<int>("select 6 * ?", 7) != 42)
            throw std::runtime_error{"the database cannot calculate"};
    }
};
