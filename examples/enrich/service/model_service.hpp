// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <memory>
#include <string>

namespace enrich {

/// Stands in for a server of language models that speaks as OpenAI's does (`POST /v1/chat/completions`): to the same prompt it
/// gives the same answer, a sentence made of the prompt's own words. Every hundredth request gets 429, with a Retry-After.
class model_service {
public:
    struct behaviour {
        std::string key{};          ///< who has another one is refused; anyone is welcome if it is empty
        bool is_overloaded = false; ///< every request gets 503
    };

    /// Serves that many clients at once from now on.
    model_service(behaviour how, std::size_t clients);
    ~model_service();
    model_service(const model_service&) = delete;
    model_service& operator=(const model_service&) = delete;

    /// `http://127.0.0.1:12345/v1`.
    [[nodiscard]] std::string url() const;
    /// How many requests got 429 or 503.
    [[nodiscard]] std::size_t turned_away() const noexcept;

private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

} // namespace enrich
