// SPDX-License-Identifier: BSL-1.0
#include <string>
#include <vector>

struct order {
    std::vector<std::string> lines{};
};
inline void process_with_db(order&, auto&) {}
inline void enrich(order&, auto&) {}

/* fragment */
