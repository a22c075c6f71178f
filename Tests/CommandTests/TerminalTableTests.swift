import Testing

@testable import lockstep

struct TerminalTableTests {
    private func written(
        width: Int?, colors: Bool = false, _ columns: [Table.Column], _ rows: [[Span]]
    ) throws -> String {
        let pipe = try TerminalPipe()
        let output = Output(
            descriptor: pipe.writing,
            capabilities: Capabilities(isTerminal: width != nil, width: width, colors: colors))
        var table = Table(columns)
        for row in rows { table.append(row) }
        table.write(to: output)
        output.flush()
        return pipe.contents()
    }

    private let people = [
        Table.Column("USER"), Table.Column("NO", alignment: .right),
        Table.Column("NAME", flexible: true),
    ]

    @Test func `columns are aligned by what is seen`() throws {
        let text = try written(
            width: nil, people,
            [["ada", "1", "Ada"], ["李明", "20", "Li Ming"], ["e\u{301}va", "300", ""]])
        #expect(
            text == """
                USER   NO  NAME
                ada     1  Ada
                李明   20  Li Ming
                e\u{301}va   300

                """)
    }

    @Test func `the flexible column gives way to the terminal's width`() throws {
        let text = try written(width: 20, people, [["ada", "1", "Augusta Ada King, Countess"]])
        #expect(text == "USER  NO  NAME\nada    1  Augusta…\n")
        let whole = try written(width: nil, people, [["ada", "1", "Augusta Ada King, Countess"]])
        #expect(whole == "USER  NO  NAME\nada    1  Augusta Ada King, Countess\n")
    }

    @Test func `where even that is not enough, each row is a block of facts`() throws {
        let columns = [
            Table.Column("", alignment: .right), Table.Column("USER", flexible: true, least: 24),
            Table.Column("NAME", flexible: true, least: 12), Table.Column("STATE"),
            Table.Column(""),
        ]
        let text = try written(
            width: 30, columns,
            [
                [
                    "1", "augusta.ada.king.lovelace", "Augusta Ada King, Countess", "active",
                    "nested",
                ],
                ["2", "bo", "", "locked", ""],
            ])
        #expect(
            text == """
                1  augusta.ada.king.lovelace
                   nested
                  NAME  Augusta Ada King,
                        Countess
                  STATE active
                2  bo
                  STATE locked

                """)
    }

    @Test func `one column may give way before the others`() throws {
        let text = try written(
            width: 44, [.username, .mail, .dn],
            [["ada.lovelace", "ada@lighthouse", "uid=ada.lovelace,ou=people"]])
        #expect(
            text == """
                username      mail            dn
                ada.lovelace  ada@lighthouse  uid=ada.lovel…

                """)
    }

    @Test func `styles are written to terminals with colours alone`() throws {
        let row = [Span("ada", .red), "1", "Ada"]
        #expect(try written(width: nil, people, [row]) == "USER  NO  NAME\nada    1  Ada\n")
        #expect(
            try written(width: 80, colors: true, people, [row])
                == "\u{1B}[1mUSER\u{1B}[0m  \u{1B}[1mNO\u{1B}[0m  \u{1B}[1mNAME\u{1B}[0m\n"
                + "\u{1B}[31mada\u{1B}[0m    1  Ada\n")
    }

    @Test func `a cell can't bring a line feed or a code`() throws {
        let evil = "x\n\u{1B}[31m"
        #expect(
            try written(width: nil, [Table.Column("A")], [["\(evil)"]])
                == "A\nx␊␛[31m\n")
    }

    @Test(arguments: [
        ("abc", 3), ("李明", 4), ("e\u{301}", 1), ("😀", 2), ("한글", 4), ("", 0), ("ｆ", 2),
    ])
    func `width is what a terminal shows`(text: String, width: Int) {
        #expect(DisplayWidth.of(text) == width)
    }

    @Test(arguments: [
        ("李明明", 5, "李明…"), ("李明明", 4, "李…"), ("abc", 3, "abc"), ("abcd", 3, "ab…"), ("ab", 0, ""),
        ("uid=ada,ou=people,dc=example", 20, "uid=ada,ou=people,…"),
        ("Ada Augusta Lovelace", 14, "Ada Augusta…"),
    ])
    func `truncation never cuts a wide character`(text: String, width: Int, shown: String) {
        #expect(DisplayWidth.truncated(text, to: width) == shown)
    }

    @Test(
        arguments: [
            (["TERM": "xterm"], false), (["TERM": "dumb"], false), ([:], false),
        ] as [([String: String], Bool)])
    func `a pipe has neither colours nor a width`(variables: [String: String], no: Bool) throws {
        let pipe = try TerminalPipe()
        let found = Capabilities(
            descriptor: pipe.writing, environment: Environment(variables), noColor: no)
        #expect(found == .none)
    }

    @Test(
        arguments: [
            ([:], false, false), (["TERM": "xterm"], false, true), (["TERM": "xterm"], true, false),
            (["TERM": "dumb"], false, false), (["TERM": "xterm", "NO_COLOR": "1"], false, false),
            (["TERM": "xterm", "NO_COLOR": ""], false, true),
        ] as [([String: String], Bool, Bool)])
    func `a terminal has colours unless somebody objects`(
        variables: [String: String], no: Bool, colors: Bool
    ) throws {
        let terminal = try TerminalPair()
        let found = Capabilities(
            descriptor: terminal.inner, environment: Environment(variables), noColor: no)
        #expect(found == Capabilities(isTerminal: true, width: 80, colors: colors))
    }
}
