// SPDX-License-Identifier: BSL-1.0
// SOCI's connection_pool, of sessions that are not connected to anything.

#include "../cpp/serve.hpp"

#include <benchmark/benchmark.h>
#include <soci/soci.h>
#include <soci/version.h>

#include <string>

namespace {

class pool {
public:
    explicit pool(std::size_t slots) : pool_{slots} {}

    template <class F>
    void lend(F f)
    {
        const std::size_t held = pool_.lease();
        benchmark::DoNotOptimize(&pool_.at(held));
        f();
        pool_.give_back(held);
    }

private:
    soci::connection_pool pool_;
};

} // namespace

int main()
{
    const std::string version = std::to_string(SOCI_VERSION / 100'000) + '.'
                                + std::to_string(SOCI_VERSION / 100 % 1'000) + '.' + std::to_string(SOCI_VERSION % 100);
    return peers::serve<pool>(R"({"id": "SOCI", "kind": "peer", "version": ")" + version + R"(", "language": "C++"})");
}
