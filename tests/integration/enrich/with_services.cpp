// SPDX-License-Identifier: BSL-1.0
//
// Starts the services of the example, runs a command, and stops them:
//   with_services COMMAND [ARGUMENT]...
// The command finds in its environment the URLs ENRICH_API_URL, ENRICH_LLM_URL (a server that wants the key ENRICH_KEY) and
// ENRICH_OVERLOADED_URL (one that has too much to do). Exit status: the command's; 77 where there
// is no time zone database.

#include "service/model_service.hpp"
#include "service/zone_service.hpp"
#include "support/command.hpp"

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::fputs("usage: with_services COMMAND [ARGUMENT]...\n", stderr);
        return 2;
    }
    constexpr const char* table = "/usr/share/zoneinfo/zone1970.tab";
    if (!std::filesystem::exists(table)) {
        std::printf("skipped: there is no %s (Debian: tzdata)\n", table);
        return 77;
    }
    try {
        constexpr std::size_t clients = 8;
        constexpr const char* key = "sk-the-right-key";
        const enrich::zone_service zones{table, clients};
        const enrich::model_service model{{.key = key}, clients}, overloaded{{.is_overloaded = true}, clients};
        ::setenv("ENRICH_API_URL", zones.url().c_str(), 1);
        ::setenv("ENRICH_LLM_URL", model.url().c_str(), 1);
        ::setenv("ENRICH_KEY", key, 1);
        ::setenv("ENRICH_OVERLOADED_URL", overloaded.url().c_str(), 1);
        return steward::test::run_command(argv + 1);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "with_services: %s\n", error.what());
        return 1;
    }
}
