using System.Text.Json.Nodes;
using Cms.Core.ContentTypes;

namespace Cms.Tests.ContentTypes;

public class ContentDefinitionJsonTests
{
    private static ContentDefinitions Read(string json, ContentDefinitions? current = null) =>
        ContentDefinitionJson.Merge(current ?? ContentDefinitions.Empty, JsonNode.Parse(json)!.AsObject());

    private const string Event = """
        { "ContentTypes": [ { "Name": "Event", "DisplayName": "Event",
            "Settings": { "ContentTypeSettings": { "Draftable": true, "Securable": "true" }, "SomebodyElsesSettings": { "Kept": [ 1, 2 ] } },
            "ContentTypePartDefinitionRecords": [ { "PartName": "TitlePart", "Name": "TitlePart" }, { "PartName": "Event", "Name": "Event" } ] } ],
          "ContentParts": [ { "Name": "Event", "ContentPartFieldDefinitionRecords": [
            { "FieldName": "DateTimeField", "Name": "Start", "Settings": { "DateTimeFieldSettings": { "Required": true } } } ] } ] }
        """;

    [Fact]
    public void Parts_may_be_defined_after_the_types_that_attach_them()
    {
        var type = Read(Event).Type("event").ShouldNotBeNull();
        type.Part("Event")!.Part.Field("start")!.KindName.ShouldBe("DateTimeField");
    }

    [Fact]
    public void Unknown_settings_survive_reading_and_writing()
    {
        var written = ContentDefinitionJson.Write(Read(Event));
        written["ContentTypes"]![0]!["Settings"]!["SomebodyElsesSettings"]!.ToJsonString().ShouldBe("""{"Kept":[1,2]}""");
    }

    [Fact]
    public void A_text_counts_as_a_flag_because_expressions_always_yield_texts() =>
        Read(Event).Type("Event")!.TypeSettings.Securable.ShouldBeTrue();

    [Fact]
    public void Merging_keeps_parts_that_are_not_listed_and_merges_settings_deeply()
    {
        var merged = Read("""
            { "ContentTypes": [ { "Name": "Event", "DisplayName": "Meeting", "Settings": { "ContentTypeSettings": { "Versionable": true } },
              "ContentTypePartDefinitionRecords": [ { "PartName": "AliasPart", "Name": "AliasPart" } ] } ] }
            """, Read(Event)).Type("Event")!;
        merged.DisplayName.ShouldBe("Meeting");
        merged.Parts.Select(part => part.Name).ShouldBe(["TitlePart", "Event", "AliasPart"]);
        merged.TypeSettings.Draftable.ShouldBeTrue();
        merged.TypeSettings.Versionable.ShouldBeTrue();
    }

    [Fact]
    public void Settings_without_a_display_name_are_not_applied()
    {
        var merged = Read("""{ "ContentTypes": [ { "Name": "Event", "Settings": { "ContentTypeSettings": { "Draftable": false } } } ] }""", Read(Event));
        merged.Type("Event")!.TypeSettings.Draftable.ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{ "ContentTypes": {} }""", "ContentTypes must be an array")]
    [InlineData("""{ "ContentTypes": [ 1 ] }""", "ContentTypes[0] must be an object")]
    [InlineData("""{ "ContentTypes": [ { "Name": "" } ] }""", "ContentTypes[0] needs a Name")]
    [InlineData("""{ "ContentTypes": [ { "Name": "A", "ContentTypePartDefinitionRecords": [ { "Name": "B" } ] } ] }""", "ContentTypes[0].ContentTypePartDefinitionRecords[0] needs a PartName")]
    [InlineData("""{ "ContentParts": [ { "Name": "A", "ContentPartFieldDefinitionRecords": [ { "FieldName": "TextField" } ] } ] }""", "ContentPartFieldDefinitionRecords[0] needs a Name")]
    [InlineData("""{ "ContentParts": [ { "Name": "A", "Settings": [] } ] }""", "ContentParts[0].Settings must be an object")]
    public void A_malformed_record_is_named(string json, string message) =>
        Should.Throw<ContentDefinitionException>(() => Read(json)).Message.ShouldContain(message);

    [Fact]
    public void The_hash_changes_with_the_definitions_and_only_then()
    {
        Read(Event).Hash.ShouldBe(Read(Event).Hash);
        Read(Event.Replace("Start", "Begin", StringComparison.Ordinal)).Hash.ShouldNotBe(Read(Event).Hash);
    }

    [Fact]
    public void Positions_sort_naturally() =>
        new[] { "10", "2", "1.5", null, "1" }.Order(PositionComparer.Instance).ShouldBe([null, "1", "1.5", "2", "10"]);
}
