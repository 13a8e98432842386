// SPDX-License-Identifier: BSL-1.0
// What the HTTP adapter costs beside cpp-httplib's own client, all measured in one run, in turns.

#include "services.hpp"

int main()
{
    const int missed = benchmarks::http_lines() + benchmarks::stream_lines();
    return missed == 0 ? 0 : 1;
}
