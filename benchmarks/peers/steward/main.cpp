// SPDX-License-Identifier: BSL-1.0
// steward itself: the argument is which combination of policies.

#include "../cpp/serve.hpp"

#include <steward/lab/build.hpp>
#include <steward/lab/combination.hpp>
#include <steward/lab/session.hpp>

#include <benchmark/benchmark.h>

#include <cstddef>
#include <iostream>
#include <string>
#include <string_view>
#include <tuple>

namespace {

namespace lab = steward::lab;
using database = steward::resource<"db", lab::sessions>;

template <class Combination>
class pool {
public:
    explicit pool(std::size_t slots) : manager_{lab::build<manager>(std::tuple{database::with({})}, slots)} {}

    template <class F>
    void lend(F f)
    {
        auto held = manager_.template acquire<"db">();
        benchmark::DoNotOptimize(held.get());
        f();
    }

private:
    using manager = typename Combination::template manager_of<steward::manager<database>, lab::capacity>;
    manager manager_;
};

template <class Combination>
int serve()
{
    std::string id, axes;
    for (std::size_t i = 0; i != lab::axis_names.size(); ++i) {
        const std::string policy{Combination::names[i]};
        id += (i == 0 ? "" : ",") + policy;
        axes += (i == 0 ? "\"" : ", \"") + std::string{lab::axis_names[i]} + "\": \"" + policy + '"';
    }
    return peers::serve<pool<Combination>>(R"({"id": ")" + id + R"(", "kind": "steward", "axes": {)" + axes + "}}");
}

using counters = lab::choice<"counters", steward::metrics::counters>;
using tracked = lab::choice<"tracked", steward::ownership::tracked>;
using first_come = lab::choice<"first_come", steward::waiting::first_come>;

/// The standard policies, counted and tracked, which most users want.
template <class Locking, class Waiting = lab::overtaking>
using usual = lab::combination<Locking, lab::poolings::bounded, lab::no_health, counters, tracked, Waiting>;
/// The standard policies alone: what the other pools do.
template <class Locking, class Waiting = lab::overtaking>
using plain =
    lab::combination<Locking, lab::poolings::bounded, lab::no_health, lab::no_metrics, lab::no_ownership, Waiting>;

} // namespace

int main(int argc, char** argv)
{
    using namespace lab::lockings;
    const std::string_view which = argc == 2 ? argv[1] : "";
    if (which == "usual")
        return serve<usual<lock_free>>();
    if (which == "plain")
        return serve<plain<lock_free>>();
    if (which == "biased")
        return serve<plain<biased>>();
    if (which == "first_come")
        return serve<plain<lock_free, first_come>>();
    std::cerr << "expected one of: usual, plain, biased, first_come\n";
    return 2;
}
