// SPDX-License-Identifier: BSL-1.0
//
// Any text is a machine, or an error that says why not.
#include "diagram.hpp"
#include "header.hpp"
#include "reading.hpp"

#include <steward/settings.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    namespace gen = steward::gen;
    try {
        const auto machine = gen::read_machine({reinterpret_cast<const char*>(data), size}, "machine.yaml");
        if (gen::header_of(machine, "machine.hpp").empty() || gen::mermaid_of(machine).empty()
            || gen::graphviz_of(machine).empty())
            std::abort();
    } catch (const steward::settings_error& e) {
        if (e.problems().empty() || !std::string_view{e.what()}.starts_with("machine.yaml:"))
            std::abort();
    }
    return 0;
}
