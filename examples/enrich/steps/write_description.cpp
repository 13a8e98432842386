// SPDX-License-Identifier: BSL-1.0
#include "steps.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <ranges>

namespace enrich {

using namespace steward::adapters;

void write_description(country& it, model::resource_type& author)
{
    const std::string prompt = fmt::format("Describe {}. Its time zones: {}.", it.name,
                                           fmt::join(it.zones | std::views::transform(&zone::name), ", "));
    try {
        const llm_answer answer = author.complete(prompt, {.system = "You write one sentence for a gazetteer."});
        it.description = answer.text;
        it.tokens = answer.usage;
    } catch (const llm_error& error) {
        if (error.retriable())
            throw unavailable{error.what()};
        throw;
    }
}

} // namespace enrich
