// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/database.hpp>
#include <steward/steward.hpp>

#include <iostream>
#include <string>

struct item {
    int id;
    std::string name;
};

[[nodiscard]] std::string read_secret();

void fragment() { /* fragment */ }
