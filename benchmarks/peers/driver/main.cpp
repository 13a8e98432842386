// SPDX-License-Identifier: BSL-1.0
// The driver: asks each peer's program for one repetition after the other, and tells how they compare.

#include "measure.hpp"
#include "notes.hpp"
#include "options.hpp"
#include "results.hpp"
#include "table.hpp"

#include <fmt/format.h>
#include <machine.hpp>

#include <cstddef>
#include <cstdio>
#include <exception>
#include <fstream>
#include <span>
#include <stdexcept>

namespace {

void run(const peers::options& given)
{
    const peers::results all = peers::measure(given);
    if (!given.output.empty()) {
        const steward::lab::machine here = steward::lab::this_machine();
        std::ofstream file{given.output};
        file << peers::to_json(here, given.quick, all, peers::notes_of(all, here.cores));
        if (!file.flush())
            throw std::runtime_error{fmt::format("cannot write {}", given.output)};
    }
    fmt::print("{}\n{}", peers::table_of(all), peers::standing_of(all));
}

} // namespace

int main(int argc, char** argv)
try {
    const peers::options given = peers::parse(std::span{argv, static_cast<std::size_t>(argc)}.subspan(1));
    if (given.help)
        std::fputs(peers::help(), stdout);
    else
        run(given);
    return 0;
} catch (const std::exception& e) {
    std::fprintf(stderr, "steward.peers: %s\n", e.what());
    return 2;
}
