using Cms.Core.Fields;
using Cms.Platform.GraphQL;
using Cms.Platform.Queries;

namespace Cms.Tests.GraphQL;

public sealed class SchemaTests
{
    [Fact]
    public void Site_types_have_the_fields_that_the_contract_names()
    {
        using var site = new GraphQLSite().WithSiteTypes();
        var type = Block(site.Sdl, "type Event implements ContentItem");
        type.ShouldContain("  displayText: String\n");
        type.ShouldContain("  published: Boolean!\n");
        type.ShouldContain("  render: String\n");
        type.ShouldContain("  path: String\n");
        type.ShouldContain("  start: DateTime\n");
        type.ShouldContain("  allDay: Boolean\n");
        type.ShouldContain("  organiser: String\n");
        type.ShouldContain("  onlineLink: LinkField\n");
        type.ShouldContain("  outcome: HtmlField\n");
        type.ShouldContain("  htmlBody: HtmlBodyPart\n");
        type.ShouldContain("  agreements: ContentPickerField\n");
        type.ShouldContain("  localization: LocalizationPart\n");
        type.ShouldContain("  title: TitlePart\n", customMessage: "A part without members is shown where an extension gives it some.");
        Block(site.Sdl, "type Agreement implements ContentItem").ShouldContain("  milestones: BagPart\n");
        Block(site.Sdl, "type NewsPost implements ContentItem").ShouldContain("  pillars: [String]\n");
    }

    [Fact]
    public void Filters_and_orders_cover_the_envelope_and_every_indexed_field()
    {
        using var site = new GraphQLSite().WithSiteTypes();
        var where = Block(site.Sdl, "input EventWhereInput");
        where.ShouldContain("  contentItemId_not_in: [ID]\n");
        where.ShouldContain("  OR: [EventWhereInput]\n");
        where.ShouldContain("  path_starts_with: String\n");
        where.ShouldContain("  start_gte: DateTime\n");
        where.ShouldContain("  sessions_in: [Decimal]\n");
        where.ShouldContain("  allDay_not: Boolean\n");
        where.ShouldNotContain("allDay_in");
        where.ShouldContain("  localization: LocalizationInputObjectType\n");
        where.ShouldContain("  agreements: ContentPickerFieldWhereInput\n");
        Block(site.Sdl, "input LocalizationInputObjectType").ShouldContain("  culture_in: [String]\n");
        Block(site.Sdl, "input WeekdayHoursWhereInput").ShouldContain("  opens_lt: TimeSpan\n");
        var orderBy = Block(site.Sdl, "input EventOrderByInput");
        orderBy.ShouldContain("  start: OrderByDirection\n");
        orderBy.ShouldContain("  contentType: OrderByDirection\n");
    }

    [Fact]
    public void Only_ordinary_types_have_a_root_field_but_all_are_reachable_through_fragments()
    {
        using var site = new GraphQLSite().WithSiteTypes();
        var query = Block(site.Sdl, "type Query");
        query.ShouldContain("  event(where: EventWhereInput, orderBy: EventOrderByInput, first: Int, skip: Int, status: Status = PUBLISHED): [Event]\n");
        query.ShouldContain("  contentItem(contentItemId: String!): ContentItem\n");
        query.ShouldNotContain("linkMenuItem(");
        site.Sdl.ShouldContain("type LinkMenuItem implements ContentItem");
    }

    [Fact]
    public void Parts_keep_their_attachment_name_and_collapse_where_settings_say()
    {
        using var site = new GraphQLSite().WithTypes("""
            { "ContentTypes": [ { "Name": "Branch", "DisplayName": "Branch", "ContentTypePartDefinitionRecords": [
                { "PartName": "Address", "Name": "Address" },
                { "PartName": "Address", "Name": "PostalPart" },
                { "PartName": "Extra", "Name": "Extra", "Settings": { "GraphQLContentTypePartSettings": { "Collapse": true } } },
                { "PartName": "Prefixed", "Name": "Prefixed", "Settings": { "GraphQLContentTypePartSettings": { "Collapse": true, "PreventFieldNameCollision": true } } },
                { "PartName": "Secret", "Name": "Secret", "Settings": { "GraphQLContentTypePartSettings": { "Hidden": true } } },
                { "PartName": "ContainedPart", "Name": "ContainedPart" },
                { "PartName": "Branch", "Name": "Branch" } ] },
              { "Name": "Ghost", "DisplayName": "Ghost", "Settings": { "GraphQLContentTypeSettings": { "Hidden": true } } } ],
              "ContentParts": [
                { "Name": "Address", "ContentPartFieldDefinitionRecords": [ { "FieldName": "TextField", "Name": "Street" } ] },
                { "Name": "Extra", "ContentPartFieldDefinitionRecords": [ { "FieldName": "TextField", "Name": "Slogan" }, { "FieldName": "TextField", "Name": "Owner" } ] },
                { "Name": "Prefixed", "ContentPartFieldDefinitionRecords": [ { "FieldName": "TextField", "Name": "Slogan" } ] },
                { "Name": "Secret", "ContentPartFieldDefinitionRecords": [ { "FieldName": "TextField", "Name": "Code" } ] },
                { "Name": "Branch", "ContentPartFieldDefinitionRecords": [ { "FieldName": "TimeField", "Name": "Opens" }, { "FieldName": "TextField", "Name": "2nd Name" } ] } ] }
            """);
        Block(site.Sdl, "type Branch implements ContentItem").ShouldEndWith("""
              render: String
              address: Address
              postal: PostalPart
              slogan: String
              prefixedSlogan: String
              contained: ContainedPart
              opens: TimeSpan
              _2nd_Name: String
            }
            """.ReplaceLineEndings("\n"));
        Block(site.Sdl, "type ContainedPart").ShouldContain("  listContentItem: ContentItem\n");
        Block(site.Sdl, "input BranchWhereInput").ShouldContain("  contained: ContainedPartInput\n");
        site.Sdl.ShouldNotContain("Ghost");
        site.Sdl.ShouldNotContain("secret");
    }

    [Fact]
    public void Every_type_of_member_has_a_place_in_the_schema()
    {
        MemberType[] withTypesOfTheirOwn = [MemberType.ContentItems, MemberType.MediaPath, MemberType.Json];
        foreach (var type in Enum.GetValues<MemberType>().Except(withTypesOfTheirOwn))
            MemberMapping.Of(type).ShouldNotBeNull($"Say in MemberMapping how GraphQL shows {type}.");
    }

    [Fact]
    public void The_schema_is_built_once_until_definitions_or_queries_change()
    {
        using var site = new GraphQLSite().WithSiteTypes();
        var first = site.Schemas.Current(site.Queries.All);
        site.Schemas.Current(site.Queries.All).ShouldBeSameAs(first);
        site.Queries.Stored.Add(new StoredQuery("Hidden", "Sql", "select 1", null, false));
        site.Schemas.Current(site.Queries.All).ShouldBeSameAs(first);
        site.Queries.Stored.Add(new StoredQuery("Upcoming", "Sql", "select 1", """{"type":"ContentItem/Event"}""", true));
        site.Schemas.Current(site.Queries.All).ShouldNotBeSameAs(first);
        Block(site.Sdl, "type Query").ShouldContain("  upcoming(parameters: String): [Event]\n");
        site.WithTypes("""{ "ContentTypes": [ { "Name": "Note", "DisplayName": "Note" } ] }""");
        Block(site.Sdl, "type Query").ShouldContain("  note(");
    }

    [Fact]
    public void Rows_of_a_stored_query_take_the_names_of_its_schema()
    {
        using var site = new GraphQLSite();
        site.Queries.Stored.Add(new StoredQuery("Counts", "Sql", "select 1", """
            {"type":"object","fieldTypeName":"countRow","properties":{"Odd.Name":{"type":"string"},"Total":{"type":"integer"},"Skipped":{"type":"boolean"}}}
            """, false));
        site.Queries.Stored.Add(new StoredQuery("Broken", "Sql", "select 1", "{", false));
        Block(site.Sdl, "type countRow").ShouldBe("type countRow {\n  odd_Name: String\n  total: Int\n}");
        Block(site.Sdl, "type Query").ShouldContain("  countRow(parameters: String): [countRow]\n");
        site.Sdl.ShouldNotContain("broken");
    }

    private static string Block(string sdl, string head)
    {
        var start = sdl.IndexOf(head + " {", StringComparison.Ordinal);
        start.ShouldBeGreaterThanOrEqualTo(0, $"“{head}” is not in the schema.");
        return sdl[start..(sdl.IndexOf("\n}", start, StringComparison.Ordinal) + 2)];
    }
}
