# SPDX-License-Identifier: BSL-1.0
#
# What Doxygen reads instead of each header and each page of the documentation: the same lines, one for one, without what
# it would show but nobody looks for, or cannot read.

FNR == 1 {
    is_page = FILENAME ~ /\.md$/
    in_code = said = held = 0
    # What each of a kind has by name, and what is said of that where its header says nothing else.
    names = "-"
    if (FILENAME ~ /\/policies\/include\/steward\//) {
        names = "per_resource|per_slot|per_lease|on_[a-z_]+|report|admit|admits_all|wants_validation|holder|trace" \
                "|tick_interval|needs_validate|validates_returned|validates_idle|measures_every|measures_what_others_do" \
                "|mutex_type|cell|guarded|waits|spin_time|order_release|order_sleep|overtaking_time|in_order|sleeps" \
                "|options|pool|capacity|min_size|arena_type|has_many_holders|is_new_for_each_lease"
        text = "What a policy of this axis has: see steward/policy.hpp."
    } else if (FILENAME ~ /\/steward\/adapters\/llm\/(openai|anthropic|ollama|huggingface)\.hpp$/) {
        names = "settings|name|stream_format|check|service|request|answer|failure|on_event|embedding_request|embeddings"
        text = "What a provider has: see llm_provider, llm_streaming_provider and llm_embedding_provider."
    } else if (FILENAME ~ /\/steward\/adapters\/database\/(sqlite|memory|flat_file|postgresql|mysql)\.hpp$/) {
        names = "settings|check|open"
        text = "What a backend has: see database_backend."
    } else if (FILENAME ~ /\/include\/steward\/(adapters|lab)\//) {
        names = "settings|resource_type|default_policies|check|create|validate"
        text = "What an adapter has: see steward::adapter."
    }
    declares_one = "^ +(using (" names ") =|(\\[\\[nodiscard\\]\\] )?(static |constexpr |inline )*[A-Za-z0-9_:<>, ]+ (" \
                   names ")( =|\\{|\\())"
}

is_page {
    if (FNR == 1) {
        while ((getline line < FILENAME) > 0)
            while (match(line, /\]\(#[a-z0-9_-]+\)/)) {
                referred[FILENAME, substr(line, RSTART + 3, RLENGTH - 4)] = 1
                line = substr(line, RSTART + RLENGTH)
            }
        sub(/^<!--.*-->$/, "") # a page's title has to be the first that is there
    }
    if ($0 ~ /^ *```/)
        in_code = !in_code
    if (in_code) {
        print
        next
    }
    # A heading to which the page itself refers gets the name that it has there.
    if ($0 ~ /^#+ /) {
        slug = tolower($0)
        sub(/^#+ /, "", slug)
        gsub(/[^a-z0-9 _-]/, "", slug)
        gsub(/ /, "-", slug)
        if ((FILENAME, slug) in referred)
            $0 = $0 " {#" (slug ~ /^[0-9]/ ? "no-" : "") slug "}" # a name does not begin with a digit
    }
    # A link to what is no page of the reference is its text.
    rest = $0
    $0 = ""
    while (match(rest, /\[[^][]*\]\([^()]*\)/)) {
        link = substr(rest, RSTART, RLENGTH)
        if (link !~ /\]\((https?:|#|(docs\/)?[a-z_-]+\.md[#)])/)
            link = substr(link, 2, index(link, "](") - 2)
        if (link ~ /\(#[0-9]/)
            sub(/\(#/, "(#no-", link)
        $0 = $0 substr(rest, 1, RSTART - 1) link
        rest = substr(rest, RSTART + RLENGTH)
    }
    print $0 rest
    next
}

# Prints the lines of a declaration that were held.
function release(many, i) {
    for (i = 1; i <= many; ++i)
        print kept[i]
    held = 0
}

{
    sub(/::inline v0/, "")               # everybody writes steward::
    sub(/explicit\(.*\) /, "explicit ") # of a condition Doxygen 1.9.4 makes the function's name
    sub(/^ *friend [^(]*;/, "")         # of a friend without class a function
    sub(/^struct fmt::formatter/, "struct formatter") # there is no namespace fmt for it

    # A declaration without a comment is held until it is known whether it is defaulted, which does what everybody expects, or
    # deleted, so that the compiler says a sentence. Neither is shown.
    if (!held && !said && $0 ~ /^ *[^ \/#{}]/)
        held = 1
    if (!held) {
        print
    } else {
        kept[held] = $0
        if ($0 !~ /^ *(return|else|if|using namespace|template <|requires)/ && $0 ~ declares_one \
            && (held == 1 || kept[1] ~ /^ *template </))
            kept[1] = "/** " text " */ " (held == 1 ? $0 : kept[1])
        if ($0 !~ /^ *(template <|requires)/ && $0 ~ /[;{}:](  *\/\/.*)?$/ || held > 8) {
            if ($0 ~ / = (default|delete);/)
                for (i = 1; i <= held; ++i)
                    kept[i] = ""
            release(held)
        } else {
            ++held
        }
    }
    said = $0 ~ /^ *\/\/\/ *([^ @]|@[^}])/ || (said && $0 ~ /^ *(template <|requires|\[\[[^;{}]*$)/)
}

END { release(held - 1) }
