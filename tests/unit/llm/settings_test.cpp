// SPDX-License-Identifier: BSL-1.0
#include "unit/llm/scene.hpp"

#include <steward/settings.hpp>
#include <steward/steward.hpp>

#include <cmath>

using namespace steward::test;
using namespace std::chrono_literals;

namespace {

using llm_resource = steward::resource<"llm", model, steward::ownership::tracked>;

/// What a manager says about the settings; empty if nothing.
std::string problems_of(const openai_settings& settings)
{
    try {
        steward::manager<llm_resource> manager{llm_resource::with(settings)};
        return {};
    } catch (const steward::configuration_error& error) {
        return error.what();
    }
}

TEST(llm_settings, need_a_model_and_openai_itself_a_key)
{
    EXPECT_EQ(problems_of({}),
              "llm: api_key: expected a key, or ${NAME} for a variable of the environment, got nothing\n"
              "llm: model: expected the name of a model, got nothing");
    EXPECT_EQ(problems_of({.model = "gpt-4", .api_key = "key"}), "");
    EXPECT_EQ(problems_of({.base_url = "http://localhost:11434/v1", .model = "llama3"}), "");
}

TEST(llm_settings, name_a_variable_that_the_environment_lacks)
{
    for (const char* value : {static_cast<const char*>(nullptr), ""}) {
        const key_variable key{value};
        EXPECT_EQ(problems_of({.model = "gpt-4", .api_key = "${STEWARD_TEST_KEY}"}),
                  "llm: api_key: expected the environment to have a variable STEWARD_TEST_KEY");
    }
    const key_variable key{"key"};
    EXPECT_EQ(problems_of({.model = "gpt-4", .api_key = "${STEWARD_TEST_KEY}"}), "");
}

TEST(llm_settings, are_named_where_they_are_wrong_without_the_key)
{
    const auto with_key = [](openai_settings settings) {
        settings.model = "gpt-4";
        settings.api_key = settings.api_key.empty() ? "hunter2" : settings.api_key;
        return problems_of(settings);
    };
    EXPECT_EQ(with_key({.temperature = 2.1}), "llm: temperature: expected 0 to 2, got 2.100000");
    EXPECT_EQ(with_key({.temperature = std::nan("")}), "llm: temperature: expected 0 to 2, got nan");
    EXPECT_EQ(with_key({.max_tokens = 0}), "llm: max_tokens: expected at least 1, got 0");
    EXPECT_EQ(with_key({.base_url = "nowhere"}), "llm: base_url: expected a URL that begins with http:// or https://");
    EXPECT_EQ(with_key({.timeout = 0ms}), "llm: timeout: expected more than zero and at most 24 h, got 0 ms");
    EXPECT_EQ(with_key({.retry_delay = -1ms}), "llm: retry_delay: expected zero to 24 h, got -1 ms");
    EXPECT_EQ(with_key({.api_key = "hunter2\r\nX: y"}), "llm: api_key: expected a key of visible ASCII characters");
    for (const char* key : {"${", "${}", "a${HUNTER2}", "${HUNTER-2}", "${A}${B}"})
        EXPECT_EQ(with_key({.api_key = key}),
                  "llm: api_key: expected a key, or ${NAME} for a variable of the environment")
            << key;
}

TEST(llm_settings, are_read_from_files)
{
    const key_variable key{"hunter2"};
    auto read = steward::settings<steward::catalog<llm_resource>>::from_yaml(R"(
llm:
  model: gpt-4
  api_key: ${STEWARD_TEST_KEY}
  temperature: 0.7
  max_tokens: 1000
  timeout: 90s
  retry_count: 1
  retry_delay: 2s
)");
    const openai_settings& llm = read.get<"llm">();
    EXPECT_EQ(llm.base_url, "https://api.openai.com/v1");
    EXPECT_EQ(llm.model, "gpt-4");
    EXPECT_EQ(llm.api_key, "hunter2");
    EXPECT_EQ(llm.temperature, 0.7);
    EXPECT_EQ(llm.max_tokens, 1'000U);
    EXPECT_EQ(llm.timeout, 90s);
    EXPECT_EQ(llm.retry_count, 1U);
    EXPECT_EQ(llm.retry_delay, 2s);
    EXPECT_NO_THROW(static_cast<void>(read.make<steward::manager<llm_resource>>()));
}

} // namespace
