namespace Cms.SiteTests.Search;

/// <summary>Every kind of query against documents whose answer can be told by reading them.</summary>
public sealed class LuceneQueryTests(SearchSite site) : IClassFixture<SearchSite>
{
    private const string Text = "Content.ContentItem.FullText";

    [Theory]
    [InlineData("""{ "match_all": {} }""", "alb cyr knife lat level saw")]
    [InlineData("""{ "term": { "Doc.Code": "S-1" } }""", "saw")]
    [InlineData("""{ "term": { "Doc.Code": { "value": "S-1", "boost": 2.5 } } }""", "saw")]
    [InlineData("""{ "term": { "Doc.Brand": "Ostrik" } }""", "")]
    [InlineData("""{ "term": { "Doc.Brand": "ostrik" } }""", "saw")]
    [InlineData("""{ "term": { "Doc.Brand.keyword": "Ostrik Plus" } }""", "saw")]
    [InlineData("""{ "term": { "Doc.Weight": 12 } }""", "level")]
    [InlineData("""{ "term": { "Doc.Sharp": false } }""", "level")]
    [InlineData("""{ "terms": { "Doc.Code": [ "S-1", "L-3" ] } }""", "level saw")]
    [InlineData("""{ "terms": { "Doc.Code": [] } }""", "")]
    [InlineData("""{ "match": { "Content.ContentItem.FullText": "BOARDS steel" } }""", "knife level saw")]
    [InlineData("""{ "match": { "Content.ContentItem.FullText": { "query": "boards level", "operator": "and" } } }""", "level")]
    [InlineData("""{ "match": { "Content.ContentItem.FullText": { "query": "the", "zero_terms_query": "all" } } }""", "alb cyr knife lat level saw")]
    [InlineData("""{ "match": { "Content.ContentItem.FullText": "the" } }""", "")]
    [InlineData("""{ "match_phrase": { "Content.ContentItem.FullText": "sharp steel edge" } }""", "knife")]
    [InlineData("""{ "match_phrase": { "Content.ContentItem.FullText": { "query": "boards beams" } } }""", "saw")]
    [InlineData("""{ "match_phrase": { "Content.ContentItem.FullText": { "value": "sharp edge", "slop": 1 } } }""", "knife")]
    [InlineData("""{ "prefix": { "Doc.Code": "L-" } }""", "level")]
    [InlineData("""{ "prefix": { "Doc.Code": { "prefix": "S", "boost": 2 } } }""", "saw")]
    [InlineData("""{ "wildcard": { "Doc.Code": "?-1" } }""", null)]
    [InlineData("""{ "wildcard": { "Doc.Code": "S*1" } }""", "saw")]
    [InlineData("""{ "wildcard": { "Content.ContentItem.FullText": { "value": "b?ar*" } } }""", "level saw")]
    [InlineData("""{ "regexp": { "Doc.Code": "[SL]-[0-9]" } }""", "level saw")]
    [InlineData("""{ "regexp": { "Doc.Code": { "value": "S-1|K-2" } } }""", "knife saw")]
    [InlineData("""{ "regexp": { "Content.ContentItem.FullText": "boardx?s" } }""", "level saw")]
    [InlineData("""{ "fuzzy": { "Content.ContentItem.FullText": "stel" } }""", "knife")]
    [InlineData("""{ "fuzzy": { "Content.ContentItem.FullText": { "value": "stel", "fuzziness": 0 } } }""", "")]
    [InlineData("""{ "fuzzy": { "Content.ContentItem.FullText": { "value": "steel", "fuzziness": 1, "prefix_length": 2, "max_expansions": 10 } } }""", "knife")]
    [InlineData("""{ "range": { "Doc.Weight": { "gt": 0.5, "lte": 3.25 } } }""", "saw")]
    [InlineData("""{ "range": { "Doc.Weight": { "gte": 3 } } }""", "level saw")]
    [InlineData("""{ "range": { "Doc.Made": { "gte": "2021-01-01T00:00:00Z", "lt": "20220101000000" } } }""", "level")]
    [InlineData("""{ "range": { "Doc.Made": { "gt": "2020-05-01" } } }""", "knife level")]
    [InlineData("""{ "query_string": { "query": "boards AND NOT level" } }""", "saw")]
    [InlineData("""{ "query_string": { "query": "K*", "default_field": "Doc.Brand" } }""", "")]
    [InlineData("""{ "query_string": { "query": "Doc.Weight:x OR stee*" } }""", "knife")]
    [InlineData("""{ "simple_query_string": { "query": "boards +level", "fields": [ "Content.ContentItem.FullText^2" ], "default_operator": "and" } }""", "level")]
    [InlineData("""{ "simple_query_string": { "query": "\"sharp steel" } }""", "knife")]
    [InlineData("""{ "bool": { "must": { "match": { "Content.ContentItem.FullText": "boards" } }, "must_not": [ { "term": { "Doc.Code": "S-1" } } ] } }""", "level")]
    [InlineData("""{ "bool": { "mustnot": { "term": { "Doc.Sharp": "true" } } } }""", "alb cyr lat level")]
    [InlineData("""{ "bool": { "should": [ { "term": { "Doc.Code": "S-1" } }, { "term": { "Doc.Sharp": true } } ], "minimum_should_match": 2 } }""", "saw")]
    [InlineData("""{ "bool": { "should": [ { "term": { "Doc.Code": "S-1" } }, { "term": { "Doc.Sharp": true } } ], "minimum_should_match": "50%" } }""", "knife saw")]
    [InlineData("""{ "bool": { "filter": [ { "term": { "Doc.Sharp": true } }, { "range": { "Doc.Weight": { "lt": 1 } } } ] } }""", "knife")]
    [InlineData("""{ "bool": { "filter": { "term": { "Doc.Sharp": true } }, "must_not": { "match_all": {} } } }""", "knife saw")]
    [InlineData("""{ "bool": { "filter": { "match_all": {} } } }""", "alb cyr knife lat level saw")]
    [InlineData("""{ "bool": { "filter": { "terms": { "Doc.Code": [ "S-1", "L-3" ] } } } }""", "level saw")]
    [InlineData("""{ "bool": { "filter": { "match": { "Content.ContentItem.FullText": "boards" } } } }""", "level saw")]
    [InlineData("""{ "bool": { "filter": { "match_phrase": { "Content.ContentItem.FullText": "sharp steel" } } } }""", "knife")]
    [InlineData("""{ "bool": { "filter": { "prefix": { "Doc.Code": "L-" } } } }""", "level")]
    [InlineData("""{ "bool": { "filter": { "wildcard": { "Doc.Code": "S*1" } } } }""", "saw")]
    [InlineData("""{ "bool": { "filter": { "fuzzy": { "Content.ContentItem.FullText": "stel" } } } }""", "knife")]
    [InlineData("""{ "bool": { "filter": { "geo_distance": { "distance": "10km", "Doc.Place": { "lat": 42.66, "lon": 21.16 } } } } }""", "saw")]
    [InlineData("""{ "bool": { "filter": { "geo_distance": { "distance": "200 mi", "Doc.Place": { "lat": 42.66, "lon": 21.16 } } } } }""", "knife level saw")]
    [InlineData("""{ "bool": { "filter": { "geo_distance": { "distance": "248000m", "Doc.Place": { "lat": 42.6629, "lon": 21.1655 } } } } }""", "knife level saw")]
    [InlineData("""{ "bool": { "filter": { "geo_bounding_box": { "Doc.Place": { "top_left": { "lat": 43, "lon": 19 }, "bottom_right": { "lat": 41, "lon": 22 } } } } } }""", "level saw")]
    [InlineData("""{ "bool": { "filter": { "geo_bounding_box": { "Doc.Place": { "top_left": { "lat": 60, "lon": 170 }, "bottom_right": { "lat": 0, "lon": 20 } } } } } }""", "level")]
    public async Task A_query_finds_what_it_asks_for(string query, string? expected)
    {
        if (expected is null) (await site.RefusedAsync($$"""{ "query": {{query}} }""")).Message.ShouldContain("$.query");
        else
        {
            var found = await site.FindAsync($$"""{ "query": {{query}}, "size": 100 }""");
            found.Order(StringComparer.Ordinal).ShouldBe(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("\"Doc.Code\"", "knife level saw")]
    [InlineData("""{ "Doc.Weight": { "order": "desc", "type": "DOUBLE" } }""", "level saw knife")]
    [InlineData("""{ "Doc.Weight": { "type": "INT64" } }""", "knife saw level")]
    [InlineData("""{ "Doc.Weight": "desc" }""", "level saw knife")]
    [InlineData("""[ { "Doc.Sharp": { "order": "desc" } }, "Doc.Weight" ]""", "knife saw level")]
    [InlineData("""{ "Content.ContentItem.CreatedUtc": { "order": "asc" } }""", "knife level saw")]
    [InlineData("""{ "Doc.Brand": { "order": "asc" } }""", "knife saw level")]
    [InlineData("""[ { "No.Such": { "order": "asc" } }, "Doc.Code" ]""", "knife level saw")]
    public async Task Results_come_in_the_order_that_is_asked_for(string sort, string expected)
    {
        var found = await site.FindAsync($$"""{ "query": { "terms": { "Doc.Code": [ "S-1", "K-2", "L-3" ] } }, "sort": {{sort}} }""");
        found.ShouldBe(expected.Split(' '));
    }

    [Fact]
    public async Task A_page_is_cut_out_of_the_whole()
    {
        (await site.FindAsync("""{ /* comments and trailing commas are fine */ "query": { "match_all": {} }, "sort": "ContentItemId", "from": 2, "size": 2, }""")).ShouldBe(["knife", "lat"]);
        (await site.FindAsync("""{ "query": { "match_all": {} }, "from": 100 }""")).ShouldBeEmpty();
        (await site.FindAsync("""{ "query": { "match_all": {} }, "size": 0 }""")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_boost_decides_what_comes_first()
    {
        static string Term(string code, int boost) => $$"""{ "term": { "Doc.Code": { "value": "{{code}}", "boost": {{boost}} } } }""";
        static string Query(int saw, int level) => $$"""{ "query": { "bool": { "should": [ {{Term("S-1", saw)}}, {{Term("L-3", level)}} ] } } }""";
        (await site.FindAsync(Query(5, 1))).ShouldBe(["saw", "level"]);
        (await site.FindAsync(Query(1, 5))).ShouldBe(["level", "saw"]);
    }

    [Theory]
    [InlineData("nonsense", "$:")]
    [InlineData("[]", "$:")]
    [InlineData("{}", "$.query:")]
    [InlineData("""{ "query": { "match_all": {} }, "aggs": {} }""", "$.aggs:")]
    [InlineData("""{ "query": { "nested": {} } }""", "$.query.nested:")]
    [InlineData("""{ "query": { "term": { "a": 1 }, "match_all": {} } }""", "$.query:")]
    [InlineData("""{ "query": { "match_all": { "bost": 1 } } }""", "$.query.match_all.bost:")]
    [InlineData("""{ "query": { "match": { "a": { "query": "x", "analyser": "y" } } } }""", "$.query.match.a.analyser:")]
    [InlineData("""{ "query": { "bool": { "must": [ { "match_all": {} }, { "no": 1 } ] } } }""", "$.query.bool.must[1].no:")]
    [InlineData("""{ "query": { "bool": { "unless": {} } } }""", "$.query.bool.unless:")]
    [InlineData("""{ "query": { "bool": { "filter": { "regexp": { "a": "b" } } } } }""", "$.query.bool.filter.regexp:")]
    [InlineData("""{ "query": { "bool": { "filter": { "bool": { "must": { "match_all": {} } } } } } }""", "$.query.bool.filter.bool:")]
    [InlineData("""{ "query": { "bool": { "filter": { "query_string": { "query": "b" } } } } }""", "$.query.bool.filter.query_string:")]
    [InlineData("""{ "query": { "bool": { "filter": [ { "match_all": {} }, { "simple_query_string": { "query": "b" } } ] } } }""", "$.query.bool.filter[1].simple_query_string:")]
    [InlineData("""{ "query": { "geo_bounding_box": { "a": {} } } }""", "$.query.geo_bounding_box:")]
    [InlineData("""{ "query": { "geo_distance": { "distance": "1km", "a": { "lat": 1, "lon": 1 } } } }""", "$.query.geo_distance:")]
    [InlineData("""{ "query": { "range": { "Doc.Weight": { "gt": 1, "lt": "2" } } } }""", "$.query.range.Doc.Weight:")]
    [InlineData("""{ "query": { "range": { "Doc.Weight": {} } } }""", "$.query.range.Doc.Weight:")]
    [InlineData("""{ "query": { "wildcard": { "a": "*x" } } }""", "$.query.wildcard.a:")]
    [InlineData("""{ "query": { "regexp": { "a": "(x" } } }""", "$.query.regexp.a:")]
    [InlineData("""{ "query": { "query_string": { "query": "(x" } } }""", "$.query.query_string.query:")]
    [InlineData("""{ "query": { "query_string": { "query": "*x" } } }""", "$.query.query_string.query:")]
    [InlineData("""{ "query": { "match_all": { "boost": "high" } } }""", "$.query.match_all.boost:")]
    [InlineData("""{ "query": { "match_all": {} }, "size": 1001 }""", "$.size:")]
    [InlineData("""{ "query": { "match_all": {} }, "from": -1 }""", "$.from:")]
    [InlineData("""{ "query": { "match_all": {} }, "sort": { "a": { "type": "CUSTOM" } } }""", "$.sort.a.type:")]
    [InlineData("""{ "query": { "match_all": {} }, "sort": { "a": { "order": "up" } } }""", "$.sort.a.order:")]
    [InlineData("""{ "query": { "match_all": {} }, "sort": [ "Content.ContentItem.FullText" ] }""", "$.sort[0]:")]
    [InlineData("""{ "query": { "match_all": {} }, "sort": { "Doc.Code": { "type": "INT64" } } }""", "$.sort.Doc.Code:")]
    public async Task A_query_that_makes_no_sense_is_refused_with_its_place(string json, string place) =>
        (await site.RefusedAsync(json)).Message.ShouldStartWith(place);

    [Fact]
    public async Task A_query_that_asks_for_too_much_is_refused()
    {
        await site.RefusedAsync($$"""{ "query": { "terms": { "a": [ {{string.Join(",", Enumerable.Range(0, 2000))}} ] } } }""");
        await site.RefusedAsync($$"""{ "query": { "match": { "{{Text}}": "{{string.Join(' ', Enumerable.Range(0, 2000))}}" } } }""");
        await site.RefusedAsync($$"""{ "query": { "query_string": { "query": "{{string.Join(' ', Enumerable.Range(0, 1500))}}" } } }""");
        await site.RefusedAsync($$"""{ "query": { "regexp": { "a": "{{new string('a', 300)}}" } } }""");
        await site.RefusedAsync("""{ "query": """ + string.Concat(Enumerable.Repeat("""{ "bool": { "must": """, 25)) + """{ "match_all": {} }""" + string.Concat(Enumerable.Repeat(" } }", 25)) + " }");

        // An automaton of this pattern has more states than there are atoms; it is answered at once all the same.
        await site.FindAsync($$"""{ "query": { "regexp": { "{{Text}}": "(a|b)*a{{string.Concat(Enumerable.Repeat("(a|b)", 35))}}" } } }""");
    }
}
