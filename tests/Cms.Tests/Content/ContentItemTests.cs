using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Fields;

namespace Cms.Tests.Content;

public class ContentItemTests
{
    private static ContentItem Read(string json) => ContentItemJson.Read(JsonNode.Parse(json)!.AsObject());

    [Fact]
    public void Unknown_parts_are_kept_and_unknown_scalars_dropped()
    {
        var written = ContentItemJson.Write(Read("""
            { "ContentItemId": "a", "ContentType": "Event", "Stray": 1, "FuturePart": { "Deep": [ { "x": null } ] }, "Latest": "true", "Published": 7 }
            """));
        written["FuturePart"]!.ToJsonString().ShouldBe("""{"Deep":[{"x":null}]}""");
        written.ContainsKey("Stray").ShouldBeFalse();
        written["Latest"]!.GetValue<bool>().ShouldBeTrue();
        written["Published"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public void The_envelope_is_written_first_in_the_contracts_order_with_whole_seconds()
    {
        var item = Read("""{ "TitlePart": {}, "ContentType": "Event", "CreatedUtc": "2026-01-02T03:04:05.678Z", "ContentItemId": "a", "ContentItemVersionId": "v", "Owner": "o" }""");
        ContentItemJson.Write(item).ToJsonString().ShouldBe(
            """{"ContentItemId":"a","ContentItemVersionId":"v","ContentType":"Event","Latest":false,"Published":false,"CreatedUtc":"2026-01-02T03:04:05Z","Owner":"o","TitlePart":{}}""");
    }

    [Fact]
    public void An_item_without_a_type_or_with_a_long_id_is_refused()
    {
        Should.Throw<ContentFormatException>(() => Read("{}")).Message.ShouldContain("ContentType is missing");
        Should.Throw<ContentFormatException>(() => Read($$"""{ "ContentType": "Event", "ContentItemId": "{{new string('a', 27)}}" }""")).Message.ShouldContain("longer than 26");
    }

    [Fact]
    public void New_ids_have_26_characters_of_crockfords_alphabet_and_differ()
    {
        var ids = Enumerable.Range(0, 1000).Select(_ => ContentId.New()).ToList();
        ids.ShouldAllBe(id => id.Length == 26 && id.All(c => "0123456789abcdefghjkmnpqrstvwxyz".Contains(c)));
        ids.Distinct().Count().ShouldBe(1000);
    }

    [Fact]
    public void A_draft_may_be_incomplete_but_a_published_item_names_everything_that_is_missing()
    {
        var validator = new ContentValidator(TestModel.Create(), []);
        var item = new ContentItem { ContentItemId = "a", ContentType = "Event" };
        validator.Validate(item, complete: false).ShouldBeEmpty();
        validator.Validate(item, complete: true).Select(problem => problem.Path)
            .ShouldBe(["TitlePart", "Event.Summary", "Event.Start", "Event.Organiser"], ignoreOrder: true);
    }

    [Fact]
    public void Wrong_values_are_reported_with_their_place_also_in_nested_items()
    {
        var validator = new ContentValidator(TestModel.Create(), []);
        var problems = validator.Validate(Read("""
            { "ContentType": "Agreement",
              "Agreement": { "AgreedOn": { "Value": "tomorrow" }, "Status": { "Text": "perhaps" }, "ParentAgreement": { "ContentItemIds": [ "a", "b" ] } },
              "Milestones": { "ContentItems": [ { "ContentType": "Milestone" }, { "ContentType": "Milestone", "Milestone": { "Source": { "Url": "javascript:alert(1)" } } } ] } }
            """), complete: false);
        problems.Select(problem => problem.Path).ShouldBe(
            ["Agreement.AgreedOn", "Agreement.Status", "Agreement.ParentAgreement", "Milestones[1].Milestone.Source"], ignoreOrder: true);
    }

    [Fact]
    public void Values_are_indexed_by_their_type_and_cultures_in_lowercase()
    {
        var values = new ContentIndexer(TestModel.Create(), []).Values(Read("""
            { "ContentType": "Event", "LocalizationPart": { "Culture": "sr-Latn", "LocalizationSet": "Set" },
              "Event": { "Start": { "Value": "2020-07-24T10:00:00Z" }, "Sessions": { "Value": "2" }, "AllDay": { "Value": true }, "Agreements": { "ContentItemIds": [ "x", "y" ] } } }
            """)).ToList();
        values.Single(value => value.Key == "LocalizationPart.Culture").Text.ShouldBe("sr-latn");
        values.Single(value => value.Key == "Event.Start").Moment.ShouldBe(new DateTime(2020, 7, 24, 10, 0, 0, DateTimeKind.Utc));
        values.Single(value => value.Key == "Event.Sessions").Number.ShouldBe(2);
        values.Single(value => value.Key == "Event.AllDay").Flag.ShouldBe(true);
        values.Where(value => value.Key == "Event.Agreements.ContentItemIds").Select(value => value.Text).ShouldBe(["x", "y"]);
    }

    [Theory]
    [InlineData("""{ "Latitude": 42.66, "Longitude": 21.17 }""", 0)]
    [InlineData("{}", 0)]
    [InlineData("""{ "Latitude": 42.66 }""", 1)]
    [InlineData("""{ "Latitude": 90.5, "Longitude": -181 }""", 2)]
    public void A_place_is_two_numbers_on_the_globe(string value, int problems)
    {
        var field = new ContentFieldDefinition("Place", nameof(GeoPointField), SettingsBag.Empty);
        new GeoPointField().Validate(JsonNode.Parse(value)!.AsObject(), field).Count().ShouldBe(problems);
    }
}
