// SPDX-License-Identifier: BSL-1.0
#include "bounds.hpp"
#include "options.hpp"
#include "registry.hpp"
#include "results.hpp"
#include "runner.hpp"
#include "summary.hpp"

#include <steward/lab/run.hpp>

#include <fmt/format.h>

#include <cstdlib>
#include <exception>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <unistd.h>

namespace steward::inline v0::lab {

namespace {

void list(const std::vector<lab_case>& cases)
{
    for (const lab_case& each : cases)
        fmt::print("{}, {} on {}: {}\n", each.workload_name(), each.who.threads, each.who.slots, id_of(*each.subject));
}

void write(const std::string& file, const std::string& text)
{
    std::ofstream out{file};
    out << text;
    if (!out.flush())
        throw std::runtime_error{"cannot write " + file};
}

int run_lab(const options& given)
{
    if (given.help) {
        fmt::print("{}", help());
        return 0;
    }
    const std::vector<lab_case> cases = wanted(given);
    if (given.list) {
        list(cases);
        return 0;
    }
    const std::vector<result> results = run_all(cases, given);
    if (!given.output.empty())
        write(given.output, to_json(this_machine(), given.quick, results));
    fmt::print("{}", summary_of(results, isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr));
    if (!given.check)
        return 0;
    const verdict found = check(all_bounds(), results);
    fmt::print("{}", found.text);
    return found.holds ? 0 : 1;
}

} // namespace

int run(int argc, char** argv)
{
    try {
        return run_lab(parse({argv + 1, argv + argc}));
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}: {}\n", argv[0], error.what());
        return 2;
    }
}

} // namespace steward::inline v0::lab
