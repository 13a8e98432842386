// SPDX-License-Identifier: BSL-1.0
// The pool that people write by hand.

#include "../../pools/baselines.hpp"
#include "../cpp/serve.hpp"

#include <benchmark/benchmark.h>

namespace {

class pool {
public:
    explicit pool(std::size_t slots) : pool_{slots} {}

    template <class F>
    void lend(F f)
    {
        int* const held = pool_.acquire();
        benchmark::DoNotOptimize(++*held);
        f();
        pool_.release(held);
    }

private:
    benchmarks::mutex_pool<int> pool_;
};

} // namespace

int main()
{
    return peers::serve<pool>(
        R"({"id": "mutex + condition_variable", "kind": "peer", "version": "by hand", "language": "C++"})");
}
