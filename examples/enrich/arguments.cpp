// SPDX-License-Identifier: BSL-1.0
#include "arguments.hpp"

#include "common/command_line.hpp"

#include <fmt/format.h>

namespace enrich {

namespace {

using examples::argument_list;
using examples::usage_error;

void read_one(argument_list& list, arguments& result)
{
    const std::string_view name = list.name();
    if (name == "--input")
        result.input = list.value("a file");
    else if (name == "--database")
        result.database = list.value("a file");
    else if (name == "--api-url")
        result.api_url = list.value("a URL");
    else if (name == "--llm-url")
        result.llm_url = list.value("a URL");
    else if (name == "--model")
        result.model = list.value("the name of a model");
    else if (name == "--api-key")
        result.api_key = list.value("a key");
    else if (name == "--workers")
        result.workers = list.number(max_workers);
    else if (name == "--quiet")
        result.quiet = true;
    else if (name == "--help" || name == "-h")
        result.help = true;
    else
        throw usage_error{fmt::format("unknown argument '{}'", name)};
}

} // namespace

arguments read_arguments(std::span<const char* const> given)
{
    arguments result;
    for (argument_list list{given}; list.next();)
        read_one(list, result);
    if (result.llm_url.empty() && result.api_key != arguments{}.api_key)
        throw usage_error{"--api-key is for the server that --llm-url names"};
    return result;
}

std::string_view usage() noexcept
{
    return R"(Enriches a table of countries: a web service knows the time zones of each, a language
model writes a sentence about it, and a database keeps both.

usage: steward.examples.enrich [options]

Without options it needs no network: it is the web service, and it stands in for the model.

  --input FILE     countries, each with code and name (/usr/share/zoneinfo/iso3166.tab)
  --database FILE  an SQLite file (enrich.sqlite), created if it is not there
  --api-url URL    the web service: GET URL/countries/AT/zones
  --llm-url URL    a server of models with OpenAI's interface: https://api.openai.com/v1
  --model NAME     one of its models (gpt-4o-mini)
  --api-key KEY    for it; better in the environment: ${OPENAI_API_KEY} is the default.
                     Any word where the server wants none
  --workers N      countries side by side (4)
  --quiet          no report
  --help           this text

What a service was too busy for, or was not there for, the next run completes: it asks
for nothing that the database has. The database has the tables country and zone.

exit status: 0 complete; 1 failed, or something is left for the next run;
             2 wrong arguments
)";
}

} // namespace enrich
