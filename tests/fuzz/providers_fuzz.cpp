// SPDX-License-Identifier: BSL-1.0
//
// Whatever a provider's server sends is an answer or a failure, never longer than what was sent, and never an exception. The
// first byte chooses the provider, the second the length of a stream's pieces.
#include <steward/adapters/http/event_stream.hpp>
#include <steward/adapters/http/line_stream.hpp>
#include <steward/adapters/http/response.hpp>
#include <steward/adapters/llm/anthropic.hpp>
#include <steward/adapters/llm/huggingface.hpp>
#include <steward/adapters/llm/ollama.hpp>
#include <steward/adapters/llm/openai.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace steward::adapters;

void expect(bool condition)
{
    if (!condition)
        std::abort();
}

// Arguments that came as JSON are written again, with escapes that may be longer.
void expect_bounded(const llm_answer& answer, std::size_t sent)
{
    std::size_t size = answer.text.size() + answer.model.size() + answer.finish_reason.size();
    for (const llm_tool_call& call : answer.tool_calls)
        size += call.id.size() + call.name.size() + call.arguments.size();
    expect(size <= 10 * sent + 100);
    const llm_usage& usage = answer.usage;
    expect(usage.prompt_tokens >= 0 && usage.completion_tokens >= 0 && usage.total_tokens >= 0);
}

template <class Provider>
void try_stream(std::string_view body, std::size_t piece)
{
    const std::size_t sent = body.size();
    llm_partial_answer so_far;
    const auto take = [&](const llm_event& event) {
        const std::size_t text = so_far.answer.text.size();
        if (const auto added = Provider::on_event(event, so_far); !added)
            return false;
        expect(so_far.answer.text.size() >= text); // what was passed on cannot be taken back
        return true;
    };
    const auto on_event = [&](const server_sent_event& event) { return take({event.type, event.data}); };
    const auto on_line = [&](std::string_view line) { return take({{}, line}); };
    event_stream events;
    line_stream lines;
    constexpr bool by_lines = Provider::stream_format == llm_stream_format::json_lines;
    bool more = true;
    for (; more && !body.empty(); body.remove_prefix(std::min(piece, body.size())))
        more = by_lines ? lines.feed(body.substr(0, piece), on_line) : events.feed(body.substr(0, piece), on_event);
    if (more && by_lines)
        lines.finish(on_line);
    expect_bounded(so_far.answer, sent);
}

template <class Provider>
void try_provider(std::string_view body, std::size_t piece)
{
    for (const int status : {200, 400, 401, 429, 500, 529}) {
        const http_response response{.status = status, .body = std::string{body}};
        expect(Provider::failure(response).details.size() <= body.size() + 100);
        if (status != 200)
            continue;
        if (const auto answer = Provider::answer(response))
            expect_bounded(*answer, body.size());
        if constexpr (llm_embedding_provider<Provider>)
            if (const auto embeddings = Provider::embeddings(response))
                for (const auto& vector : embeddings->vectors)
                    expect(!vector.empty() && vector.size() <= body.size());
    }
    try_stream<Provider>(body, piece);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 2)
        return 0;
    const std::size_t piece = std::size_t{1} + data[1];
    const std::string_view body{reinterpret_cast<const char*>(data) + 2, size - 2};
    switch (data[0] % 4) {
    case 0: try_provider<openai>(body, piece); break;
    case 1: try_provider<anthropic>(body, piece); break;
    case 2: try_provider<ollama>(body, piece); break;
    default: try_provider<huggingface>(body, piece); break;
    }
    return 0;
}
