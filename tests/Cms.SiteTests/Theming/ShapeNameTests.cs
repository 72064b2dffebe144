using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Platform.Theming.Shapes;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests.Theming;

/// <summary>From files to shapes, the names under which templates are sought, and placement (Liquid contract, sections 2, 3 and 5).</summary>
public sealed class ShapeNameTests(HarbourSite site) : IClassFixture<HarbourSite>
{
    [Theory]
    [InlineData("Content-BlogPost", "content__blogpost")]
    [InlineData("Content-BlogPost.Summary", "content_summary__blogpost")]
    [InlineData("Content--BlogPost", "content__blogpost")]
    [InlineData("HtmlBodyPart.Summary", "htmlbodypart_summary")]
    [InlineData("BlogPost-Tags-TaxonomyField-Tags.Display", "blogpost_display__tags__taxonomyfield__tags")]
    [InlineData("Widget.Wrapper-Zone-HeadMeta", "widget_wrapper__zone__headmeta")]
    [InlineData("Search-Form", "search__form")]
    [InlineData("layout", "layout")]
    public void A_file_names_its_shape(string file, string shape) => ShapeName.FromFile(file).ShouldBe(shape);

    [Fact]
    public void An_item_is_sought_from_its_kind_to_its_address()
    {
        var item = new ContentItem { ContentItemId = "x", ContentType = "Blog", DocumentId = 7 };
        item.GetOrAdd("AliasPart")["Alias"] = "my-blog.old";
        item.GetOrAdd("AutoroutePart")["Path"] = "news/my-blog";
        Alternates.OfContent(item, null, "Summary").ShouldBe(
        [
            "Content_Summary", "Content__Blog", "Content__7", "Content_Summary__Blog", "Content_Summary__7",
            "Content__Alias__my__blog_old", "Content_Summary__Alias__my__blog_old", "Content__Slug__news__my__blog", "Content_Summary__Slug__news__my__blog",
        ]);
        Alternates.OfContent(item, null, "Detail").ShouldBe(["Content__Blog", "Content__7", "Content__Alias__my__blog_old", "Content__Slug__news__my__blog"]);
        Alternates.OfContent(item, "Widget", "Detail").ShouldContain("Widget__Blog");
    }

    [Theory]
    [InlineData("LandingPage", "Services", "BagPart", "LandingPage__BagPart LandingPage__Services LandingPage_Summary__BagPart LandingPage_Summary__Services BagPart_Summary")]
    [InlineData("Paragraph", "HtmlBodyPart", "HtmlBodyPart", "Paragraph__HtmlBodyPart Widget__HtmlBodyPart Paragraph_Summary__HtmlBodyPart Widget_Summary__HtmlBodyPart")]
    [InlineData("Article", "HtmlBodyPart", "Other", "Article__HtmlBodyPart__Other Article_Summary__HtmlBodyPart__Other Other_Summary")]
    public void A_part_is_sought_by_its_type_its_name_and_its_shape(string type, string part, string shape, string names)
    {
        var definition = site.Services.GetRequiredService<ContentDefinitionRegistry>().Current.Type(type)!;
        names.Split(' ').Except(Alternates.OfPart(shape, definition, definition.Part(part)!, "Summary")).ShouldBeEmpty();
    }

    [Fact]
    public void A_part_of_fields_alone_is_sought_by_its_name_unless_that_is_its_widgets()
    {
        var definitions = site.Services.GetRequiredService<ContentDefinitionRegistry>().Current;
        var (post, widget) = (definitions.Type("BlogPost")!, definitions.Type("RawHtml")!);
        var names = Alternates.OfContainer(post, post.Part("BlogPost")!, "Detail").ToList();
        names.ShouldContain("BlogPost__BlogPost");
        names.ShouldContain("BlogPost__BlogPost__ContentPart");
        var ofWidget = Alternates.OfContainer(widget, widget.Part("RawHtml")!, "Detail").ToList();
        ofWidget.ShouldContain("Widget__RawHtml__ContentPart");
        ofWidget.ShouldNotContain("Widget__RawHtml");
    }

    [Theory]
    [InlineData("Subtitle", "BlogPost__Subtitle BlogPost__TextField BlogPost__BlogPost__Subtitle BlogPost_Summary__Subtitle TextField_Summary")]
    [InlineData("Tags", "BlogPost_Display__Tags__TaxonomyField__Tags BlogPost_Display__BlogPost__Tags__TaxonomyField__Tags TaxonomyField_Summary__Tags_Display")]
    public void A_field_is_sought_by_part_type_and_mode(string field, string names)
    {
        var type = site.Services.GetRequiredService<ContentDefinitionRegistry>().Current.Type("BlogPost")!;
        var part = type.Part("BlogPost")!;
        names.Split(' ').Except(Alternates.OfField(type, part, part.Part.FieldsInOrder.Single(one => one.Name == field), "Summary")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{ "displayType": "Summary" }""", false)]
    [InlineData("""{ "displayType": "Detail", "differentiator": "Page-Lead" }""", true)]
    [InlineData("""{ "contentType": "Pa*" }""", true)]
    [InlineData("""{ "contentType": [ "Other", "Widget" ] }""", true)]
    [InlineData("""{ "contentType": [ "Other" ] }""", false)]
    [InlineData("""{ "contentPart": "TitlePart" }""", true)]
    [InlineData("""{ "contentPart": [ "ListPart" ] }""", false)]
    [InlineData("""{ "path": "/news/today" }""", true)]
    [InlineData("""{ "path": [ "/other", "~/news/*" ] }""", true)]
    [InlineData("""{ "path": "/new" }""", false)]
    public void A_rule_holds_where_all_its_filters_do(string filters, bool holds)
    {
        var rule = JsonNode.Parse(filters)!.AsObject();
        rule["place"] = "Lead:1";
        var table = new PlacementTable(new JsonObject { ["TextField"] = new JsonArray(rule) });
        var subject = new PlacementSubject("TextField", "Detail", "Page-Lead", "Page", "Widget", ["TitlePart", "Page"], "/news/today");
        (table.Find(subject)?.Place == "Lead:1").ShouldBe(holds);
    }

    [Fact]
    public void The_last_rule_of_the_strongest_source_counts_also_for_display_modes()
    {
        var strong = JsonNode.Parse("""{ "TextField_Display": [ { "place": "A" }, { "place": "-" } ] }""")!.AsObject();
        var weak = JsonNode.Parse("""{ "TextField_Display": [ { "place": "C" } ], "Other": [ { "place": "/Footer:after" } ] }""")!.AsObject();
        var table = new PlacementTable(strong, weak);
        table.Find(new PlacementSubject("TextField_Display__Header", "Detail", "P-F-TextField_Display__Header", "P", null, [], "/"))!.Hides.ShouldBeTrue();
        table.HasLayoutPlaces.ShouldBeTrue();
        new[] { "after", "10", "2.1", "", "2", "before" }.Order(PlacePosition.Comparer).ShouldBe(["before", "", "2", "2.1", "10", "after"]);
    }
}
