using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Platform.Media;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using Microsoft.Extensions.DependencyInjection;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;
using Drawing = DocumentFormat.OpenXml.Drawing;
using PdfPage = UglyToad.PdfPig.Content.PageSize;
using Sheet = DocumentFormat.OpenXml.Spreadsheet;
using Slides = DocumentFormat.OpenXml.Presentation;
using Words = DocumentFormat.OpenXml.Wordprocessing;

namespace Cms.SiteTests.Search;

/// <summary>Items are found by what their documents say, whatever program wrote them.</summary>
public sealed class MediaTextTests(SearchSite site) : IClassFixture<SearchSite>
{
    private static readonly Dictionary<string, Func<byte[]>> Files = new()
    {
        ["paper.pdf"] = Pdf,
        ["paper.docx"] = Word,
        ["paper.xlsx"] = Excel,
        ["paper.pptx"] = PowerPoint,
        ["paper.csv"] = () => "kind,count\nsailboat,3"u8.ToArray(),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. Files.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_item_is_found_by_the_text_of_its_document(string name)
    {
        await KeepAsync("found-" + name, Files[name]());
        await PublishAsync("4found" + Path.GetExtension(name)[1..], "found-" + name);
        await SearchSite.EventuallyAsync(async () => (await FindAsync("sailboat")).Contains("4found" + Path.GetExtension(name)[1..]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_document_that_is_cut_off_keeps_nothing_from_being_found(string name)
    {
        await KeepAsync("cut-" + name, Files[name]()[..^10]);
        await PublishAsync("4cut" + Path.GetExtension(name)[1..], "cut-" + name);
        await SearchSite.EventuallyAsync(async () =>
            (await site.FindAsync($$"""{ "query": { "term": { "ContentItemId": "4cut{{Path.GetExtension(name)[1..]}}" } } }""")).Count == 1);
    }

    private Task<IReadOnlyList<string>> FindAsync(string word) => site.FindAsync($$"""{ "query": { "match": { "Doc.Files.FileText": "{{word}}" } }, "size": 100 }""");

    private async Task KeepAsync(string path, byte[] bytes)
    {
        var storage = site.Services.GetRequiredService<IMediaStorage>();
        using var content = new MemoryStream(bytes);
        storage.Keep(await storage.StageAsync(path, content, Cancel), overwrite: true).ShouldBeTrue();
    }

    private async Task PublishAsync(string id, string path)
    {
        await using var scope = site.NewScope();
        var item = new ContentItem { ContentItemId = id, ContentType = "Doc" };
        item.Content["TitlePart"] = new JsonObject { ["Title"] = path };
        item.Content["Doc"] = new JsonObject { ["Files"] = new JsonObject { ["Paths"] = new JsonArray(path) } };
        (await scope.ServiceProvider.GetRequiredService<Publish>().ExecuteAsync(item, Cancel)).Problems.ShouldBeEmpty();
    }

    private static byte[] Pdf()
    {
        var builder = new PdfDocumentBuilder();
        var font = builder.AddStandard14Font(Standard14Font.Helvetica);
        builder.AddPage(PdfPage.A4).AddText("The sailboat of the harbour", 12, new PdfPoint(40, 700), font);
        return builder.Build();
    }

    private static byte[] Word()
    {
        using var file = new MemoryStream();
        using (var document = WordprocessingDocument.Create(file, WordprocessingDocumentType.Document))
            document.AddMainDocumentPart().Document = new Words.Document(new Words.Body(
                new Words.Paragraph(new Words.Run(new Words.Text("The sailboat"))), new Words.Paragraph(new Words.Run(new Words.Text("of the harbour")))));
        return file.ToArray();
    }

    private static byte[] Excel()
    {
        using var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.Workbook = new Sheet.Workbook(new Sheet.Sheets());
            workbook.AddNewPart<SharedStringTablePart>().SharedStringTable = new Sheet.SharedStringTable(
                new Sheet.SharedStringItem(new Sheet.Text("sailboat")), new Sheet.SharedStringItem(new Sheet.Text("harbour")));
        }

        return file.ToArray();
    }

    private static byte[] PowerPoint()
    {
        using var file = new MemoryStream();
        using (var document = PresentationDocument.Create(file, PresentationDocumentType.Presentation))
        {
            var presentation = document.AddPresentationPart();
            presentation.Presentation = new Slides.Presentation();
            presentation.AddNewPart<SlidePart>().Slide = new Slides.Slide(new Slides.CommonSlideData(new Slides.ShapeTree(new Slides.Shape(new Slides.TextBody(
                new Drawing.BodyProperties(), new Drawing.Paragraph(new Drawing.Run(new Drawing.Text("The sailboat"))))))));
        }

        return file.ToArray();
    }
}
