internal import Engine
internal import Ground

/// A plot as inline SVG, drawn from the figures alone.
///
/// It is read without colour: what is late is hatched, and each number that counts is written out.
/// Lengths are in units of a drawing that is 360 wide, whatever room it gets.
struct Plot {
    private static let width = 360.0
    private static let charWidth = 6.2

    let caption: String
    /// What it shows, for who can't see it.
    let words: String
    private let height: Double
    private let drawing: String

    /// The figure with its caption.
    var html: String {
        """
        <figure>
        <figcaption>\(Page.escaped(caption))</figcaption>
        <svg viewBox="0 0 \(Self.text(Self.width)) \(Self.text(height))" role="img" \
        aria-label="\(Page.escaped(words))">
        \(drawing)</svg>
        </figure>

        """
    }

    // MARK: Columns over time

    /// Locks by day; of a long period by so many days that the columns can be told apart.
    static func days(_ days: [LockFigures.Day], name: String) -> Plot {
        let size = max(1, (days.count + 119) / 120)
        let groups = stride(from: 0, to: days.count, by: size).map { start in
            days[start..<min(start + size, days.count)].reduce(
                into: LockFigures.Day(begin: days[start].begin)
            ) { sum, day in
                sum.count += day.count
                sum.late += day.late
            }
        }
        let late = groups.reduce(0) { $0 + $1.late }
        let (top, bottom, left) = (10.0, 140.0, 30.0)
        let steps = ticks(upTo: groups.map(\.count).max() ?? 0)
        let scale = (bottom - top) / Double(steps.last ?? 1)
        var drawing = late > 0 ? hatching(name) : ""
        for step in steps { drawing += rule(step, left: left, y: bottom - Double(step) * scale) }
        let place = (width - left) / Double(max(1, groups.count))
        for (index, group) in groups.enumerated() where group.count > 0 {
            let x = left + (Double(index) + 0.1) * place
            let box = { (from: Int, to: Int, look: String) in
                rectangle(
                    x: x, y: bottom - Double(to) * scale, width: place * 0.8,
                    height: Double(to - from) * scale, look)
            }
            drawing += box(0, group.count - group.late, "class=\"bar\"")
            if group.late > 0 {
                drawing += box(group.count - group.late, group.count, lateLook(name))
            }
        }
        drawing += dates(groups.map(\.begin), left: left, y: bottom + 16)
        if late > 0 { drawing += legend(name, y: bottom + 36) }
        return Plot(
            caption: size == 1 ? "Locks by day" : "Locks by \(size) days",
            words: "\(groups.reduce(0) { $0 + $1.count }) locks, \(late) of them late",
            height: bottom + (late > 0 ? 44 : 22), drawing: drawing)
    }

    /// The line at a number of the scale, with the number before it.
    private static func rule(_ step: Int, left: Double, y: Double) -> String {
        "<line class=\"rule\" x1=\"\(text(left))\" x2=\"\(text(width))\" "
            + "y1=\"\(text(y))\" y2=\"\(text(y))\"/>\n"
            + label("\(step)", x: left - 5, y: y + 4, anchor: "end", isFaint: true)
    }

    /// The first and the last day, and one between where there is one.
    private static func dates(_ days: [Timestamp], left: Double, y: Double) -> String {
        guard let first = days.first, let last = days.last else { return "" }
        let day = { (time: Timestamp) in String(time.rfc3339.prefix(10)) }
        var drawing = label(day(first), x: left, y: y, anchor: "start", isFaint: true)
        if days.count > 2 {
            let middle = days[days.count / 2]
            drawing += label(
                day(middle), x: (left + width) / 2, y: y, anchor: "middle", isFaint: true)
        }
        guard days.count > 1 else { return drawing }
        return drawing + label(day(last), x: width, y: y, anchor: "end", isFaint: true)
    }

    /// From 0 in even steps to what is not less than `most`: four steps at most.
    static func ticks(upTo most: Int) -> [Int] {
        var step = 1
        var factors = [2, 5, 10]
        while step * 4 < most {
            step = factors[0]
            factors = [factors[1], factors[2], factors[0] * 10]
        }
        let last = max(1, (most + step - 1) / step)
        return (0...last).map { $0 * step }
    }

    // MARK: Bars

    typealias Bar = (label: String, count: Int, isLate: Bool)

    /// A bar for each row, with its number at its end.
    static func bars(_ caption: String, _ rows: [Bar], name: String) -> Plot {
        let labels = rows.map { shortened($0.label) }
        let longest = labels.map { DisplayWidth.of($0) }.max() ?? 0
        let left = Double(longest) * charWidth + 8
        let most = Double(max(1, rows.map(\.count).max() ?? 1))
        let room = width - left - 8 - Double("\(Int(most))".count) * charWidth
        let hasLate = rows.contains { $0.isLate && $0.count > 0 }
        var drawing = hasLate ? hatching(name) : ""
        for (index, row) in rows.enumerated() {
            let y = Double(index) * 20
            let length = Double(row.count) / most * room
            drawing += label(labels[index], x: left - 8, y: y + 14, anchor: "end", isFaint: false)
            if row.count > 0 {
                drawing += rectangle(
                    x: left, y: y + 3, width: max(1.5, length), height: 14,
                    row.isLate ? lateLook(name) : "class=\"bar\"")
            }
            drawing += label(
                "\(row.count)", x: left + (row.count > 0 ? length + 5 : 0), y: y + 14,
                anchor: "start", isFaint: row.count == 0)
        }
        let end = Double(rows.count) * 20
        if hasLate { drawing += legend(name, y: end + 16) }
        return Plot(
            caption: caption,
            words: rows.map { "\($0.label): \($0.count)" }.joined(separator: ", "),
            height: end + (hasLate ? 24 : 4), drawing: drawing)
    }

    private static func shortened(_ label: String) -> String {
        let text = Sanitized(label).text
        return text.count > 24 ? text.prefix(23) + "…" : text
    }

    // MARK: Pieces

    private static func hatching(_ name: String) -> String {
        "<defs><pattern id=\"late-\(name)\" width=\"5\" height=\"5\" "
            + "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
            + "<line class=\"hatch\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"5\"/></pattern></defs>\n"
    }

    private static func lateLook(_ name: String) -> String {
        "class=\"late\" fill=\"url(#late-\(name))\""
    }

    private static func legend(_ name: String, y: Double) -> String {
        rectangle(x: 0.5, y: y - 10, width: 14, height: 11, lateLook(name))
            + label(
                "late: not disabled within \(LockFigures.lateAfter / 60) minutes", x: 21, y: y,
                anchor: "start", isFaint: true)
    }

    private static func label(
        _ words: String, x: Double, y: Double, anchor: String, isFaint: Bool
    ) -> String {
        "<text x=\"\(text(x))\" y=\"\(text(y))\" text-anchor=\"\(anchor)\""
            + (isFaint ? " class=\"faint\"" : "") + ">\(Page.escaped(words))</text>\n"
    }

    private static func rectangle(
        x: Double, y: Double, width: Double, height: Double, _ look: String
    ) -> String {
        "<rect \(look) x=\"\(text(x))\" y=\"\(text(y))\" width=\"\(text(width))\" "
            + "height=\"\(text(height))\"/>\n"
    }

    /// Two places are finer than any screen.
    private static func text(_ length: Double) -> String {
        let rounded = (length * 100).rounded() / 100
        return Int(exactly: rounded).map { "\($0)" } ?? "\(rounded)"
    }
}

extension Plot {
    /// The three that tell of many locks, as pages show them.
    static func all(_ figures: LockFigures, since: Timestamp, until: Timestamp) -> [Plot] {
        let reasons = figures.byReason.map { ($0.reason, $0.count, false) }
        let most = 8
        let shown = Array(reasons.prefix(reasons.count > most + 1 ? most : reasons.count))
        let rest = reasons.dropFirst(shown.count).reduce(0) { $0 + $1.1 }
        return [
            .days(figures.days(since: since, until: until), name: "days"),
            .bars(
                "Time to disabled",
                figures.byTime.map { ($0.words, $0.count, $0.isLate) }, name: "times"),
            .bars(
                "By reason", shown + (rest > 0 ? [("others", rest, false)] : []),
                name: "reasons"),
        ]
    }
}
