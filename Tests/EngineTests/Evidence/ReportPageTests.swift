import Fixtures
import Foundation
import Testing

/// `report --html`, opened in a browser.
@Suite struct ReportPageTests {
    private func page(_ lab: LockLab) throws -> String {
        try lab.sync()
        try lab.succeed("credential", "add", "ada", "--kind", "card", "--serial", "C1")
        try lab.lock("ada")
        let file = lab.folder.file("report.html")
        try lab.succeed("report", "1", "--html", file)
        return file
    }

    @Test(arguments: [(scheme: 1, ground: [255, 255, 255] as [UInt8]), (0, [22, 22, 22])])
    func `a browser shows it in light and in dark`(scheme: Int, ground: [UInt8]) throws {
        let lab = try LockLab()
        let (page, png) = (try page(lab), lab.folder.file("page.png"))
        try Browser(lab.folder).browse(
            ["--blink-settings=preferredColorScheme=\(scheme)", "--screenshot=\(png)"], page)
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
        try Browser(lab.folder).browse(["--no-pdf-header-footer", "--print-to-pdf=\(pdf)"], page)
        let octets = try Data(contentsOf: URL(filePath: pdf))
        #expect(octets.starts(with: Data("%PDF-".utf8)))
        #expect(octets.count > 10_000)
    }
}
