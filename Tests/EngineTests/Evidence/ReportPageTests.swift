import Fixtures
import Foundation
import Testing

/// `report --html`, opened in a browser.
@Suite struct ReportPageTests {
    /// A picture as `pngtopnm` writes it: three octets a pixel.
    private struct Picture {
        let width: Int
        let height: Int
        let pixels: ArraySlice<UInt8>

        init(png: String) throws {
            let octets = try ChildProcess.run("/usr/bin/pngtopnm", [png])
                .succeeded(at: "pngtopnm").output
            // `P6`, the size, the largest value: a line each.
            let head = octets.split(separator: 10, maxSplits: 3, omittingEmptySubsequences: false)
            let size = String(decoding: head[1], as: UTF8.self).split(separator: " ")
                .compactMap { Int($0) }
            try #require(head.count == 4 && size.count == 2)
            (width, height, pixels) = (size[0], size[1], head[3])
        }

        func pixel(_ x: Int, _ y: Int) -> [UInt8] {
            let place = pixels.startIndex + 3 * (y * width + x)
            return Array(pixels[place..<place + 3])
        }

        /// The share of pixels that are as the corner.
        var ground: Double {
            let corner = pixel(0, 0)
            let rows = stride(from: 0, to: height, by: 2)
            let count = rows.reduce(0) { count, y in
                count + (0..<width).count { pixel($0, y) == corner }
            }
            return Double(count) / Double(rows.underestimatedCount * width)
        }
    }

    private func page(_ lab: LockLab) throws -> String {
        try lab.sync()
        try lab.succeed("credential", "add", "ada", "--kind", "card", "--serial", "C1")
        try lab.lock("ada")
        let file = lab.folder.file("report.html")
        try lab.succeed("report", "1", "--html", file)
        return file
    }

    private func browse(_ lab: LockLab, _ arguments: [String], _ page: String) throws {
        try ChildProcess.run(
            "/usr/bin/chromium",
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--hide-scrollbars", "--window-size=1200,1400",
                "--user-data-dir=\(lab.folder.file("browser"))",
            ] + arguments + ["file://\(page)"],
            environment: ["HOME": lab.folder.file("home")]
        ).succeeded(at: "chromium \(arguments)")
    }

    @Test(arguments: [(scheme: 1, ground: [255, 255, 255] as [UInt8]), (0, [22, 22, 22])])
    func `a browser shows it in light and in dark`(scheme: Int, ground: [UInt8]) throws {
        let lab = try LockLab()
        let (page, png) = (try page(lab), lab.folder.file("page.png"))
        try browse(
            lab, ["--blink-settings=preferredColorScheme=\(scheme)", "--screenshot=\(png)"], page)
        let picture = try Picture(png: png)
        #expect((picture.width, picture.height) == (1200, 1400))
        #expect(picture.pixel(0, 0) == ground)
        // Neither blank nor full: words on paper.
        #expect((0.7...0.98).contains(picture.ground), "\(picture.ground)")
        // The margin on the right stays free: nothing is too wide.
        #expect((0..<picture.height).allSatisfy { picture.pixel(1195, $0) == ground })
    }

    @Test func `it prints`() throws {
        let lab = try LockLab()
        let (page, pdf) = (try page(lab), lab.folder.file("page.pdf"))
        try browse(lab, ["--no-pdf-header-footer", "--print-to-pdf=\(pdf)"], page)
        let octets = try Data(contentsOf: URL(filePath: pdf))
        #expect(octets.starts(with: Data("%PDF-".utf8)))
        #expect(octets.count > 10_000)
    }
}
