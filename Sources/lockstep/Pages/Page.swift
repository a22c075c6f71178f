internal import Ground
internal import Identity

/// A page that needs nothing else: no script, no font, no picture.
struct Page {
    let title: String
    /// One sentence that says the whole.
    let verdict: String
    /// A line each below the verdict.
    let facts: [(name: String, value: String)]
    /// HTML below the facts.
    let content: String
    let printed: Timestamp

    /// HTML, UTF-8.
    var html: String { head + content + foot }

    /// What stands in front of the content.
    var head: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        \(OutputFile.Mark.page.rawValue)
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>\(Self.escaped(title))</title>
        <style>
        \(Self.style)
        </style>
        </head>
        <body>
        <h1>\(Self.escaped(title))</h1>
        <p class="verdict">\(Self.escaped(verdict))</p>
        <dl>
        \(shownFacts)</dl>

        """
    }

    /// What stands behind it.
    var foot: String {
        """
        <footer>Printed by Lockstep at \
        \(Self.escaped(printed.rfc3339)). Times are in UTC.</footer>
        </body>
        </html>

        """
    }

    private var shownFacts: String {
        facts.map {
            "<dt>\(Self.escaped($0.name))</dt><dd>\(Self.escaped($0.value))</dd>\n"
        }.joined()
    }

    static func section(_ section: EvidenceDocument.Section) -> String {
        let title = heading(section.title)
        guard !section.rows.isEmpty else {
            return title + nothing(section.none)
        }
        let filled = section.filled
        return title + tableHead(filled.map { section.columns[$0] })
            + section.rows.map { row in tableRow(filled.map { row[$0] }) }.joined() + tableFoot
    }

    /// A table that is written row by row.
    static func tableHead(_ columns: [String]) -> String {
        let head = columns.map { "<th scope=\"col\">\(escaped($0))</th>" }.joined()
        return "<div class=\"table\"><table>\n<thead><tr>\(head)</tr></thead>\n<tbody>\n"
    }

    static func tableRow(_ cells: [String]) -> String {
        "<tr>" + cells.map(cell).joined() + "</tr>\n"
    }

    static let tableFoot = "</tbody>\n</table></div>\n"

    static func nothing(_ words: String) -> String {
        "<p class=\"none\">\(escaped(words))</p>\n"
    }

    static func heading(_ text: String) -> String { "<h2>\(escaped(text))</h2>\n" }

    /// Plots, as many beside each other as there is room for.
    static func plots(_ plots: [Plot]) -> String {
        "<div class=\"plots\">\n" + plots.map(\.html).joined() + "</div>\n"
    }

    /// A time is never broken, a DN only between its parts, a hash anywhere; what is not done stands
    /// out.
    private static func cell(_ value: String) -> String {
        switch value {
        case StepState.pending.rawValue, StepState.failed.rawValue:
            return "<td><strong>\(escaped(value))</strong></td>"
        case _ where Timestamp(rfc3339: value) != nil:
            return "<td class=\"whole\">\(escaped(value))</td>"
        case _ where value.count < 24 && !value.contains(","):
            return "<td class=\"whole\">\(escaped(value))</td>"
        case _ where value.split(separator: /[ ,]/).contains(where: { $0.count > 40 }):
            return "<td class=\"long\">\(escaped(value))</td>"
        default:  // any other text
            return "<td>\(escaped(value).replacing(",", with: ",<wbr>"))</td>"
        }
    }

    /// A value from a directory may hold anything: what could be markup, or hide or reorder text, is
    /// made visible.
    static func escaped(_ raw: String) -> String {
        var result = ""
        for scalar in Sanitized(raw).text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)  // an enumeration of Unicode's, not ours
            }
        }
        return result
    }

    private static let style = """
        :root { --ink: #1a1a1a; --paper: #fff; --faint: #666; --rule: #ccc; --head: #f2f2f2;
          --alarm: #b00020; --bar: #3a6ea5; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e8e8e8; --paper: #161616; --faint: #a0a0a0; --rule: #444; --head: #242424;
            --alarm: #ff8a80; --bar: #7fb0e6; }
        }
        body { color: var(--ink); background: var(--paper); font: 15px/1.5 system-ui, sans-serif;
          margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
        h1 { font-size: 1.5rem; margin-bottom: 0; }
        h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; break-after: avoid; }
        .verdict { font-weight: 600; margin-top: .25rem; }
        .none, footer { color: var(--faint); }
        footer { margin-top: 2rem; border-top: 1px solid var(--rule); padding-top: .5rem; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; }
        dt { color: var(--faint); }
        dd { margin: 0; overflow-wrap: anywhere; }
        .table { overflow-x: auto; }
        .say { margin: .25rem 0; max-width: 48rem; }
        table { border-collapse: collapse; width: 100%; font-size: .9rem; }
        th, td { border-bottom: 1px solid var(--rule); padding: .3rem .5rem; text-align: left;
          vertical-align: top; overflow-wrap: break-word; }
        th { background: var(--head); }
        td.whole { white-space: nowrap; font-variant-numeric: tabular-nums; }
        td.long { overflow-wrap: anywhere; }
        strong { color: var(--alarm); }
        tr { break-inside: avoid; }
        .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr));
          gap: 1.5rem; margin-top: 1.5rem; }
        figure { margin: 0; max-width: 30rem; break-inside: avoid; }
        figcaption { font-weight: 600; margin-bottom: .35rem; }
        svg { display: block; width: 100%; height: auto; }
        svg text { fill: var(--ink); font: 11px system-ui, sans-serif; }
        svg .faint { fill: var(--faint); }
        svg .rule { stroke: var(--rule); stroke-width: 1; }
        svg .bar { fill: var(--bar); }
        svg .late { stroke: var(--alarm); stroke-width: 1; }
        svg .hatch { stroke: var(--alarm); stroke-width: 2; }
        ul { padding-left: 1.2rem; }
        li { margin-bottom: .75rem; }
        @media (max-width: 40rem) {
          body { font-size: 14px; margin: 1rem auto; }
          table { font-size: .8rem; }
          th, td { padding: .25rem .3rem; }
        }
        @media print {
          :root { --ink: #000; --paper: #fff; --faint: #444; --rule: #999; --head: #eee;
            --alarm: #000; --bar: #666; }
          body { font-size: 10pt; margin: 0; max-width: none; padding: 0; }
          table { font-size: 7.5pt; }
          th, td { padding: .2rem .3rem; }
          .table { overflow: visible; }
          thead { display: table-header-group; }
        }
        """
}
