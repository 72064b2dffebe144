using System.Globalization;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;

namespace Cms.Platform.GraphQL;

/// <summary>
/// Parses queries within limits that hold before anything else looks at them: the words of the text, and the fields that
/// are left when every fragment stands where it is used. A short text can spread one fragment a million times.
/// </summary>
internal sealed class LimitedDocumentBuilder(GraphQLOptions options) : IDocumentBuilder
{
    private readonly GraphQLDocumentBuilder _builder = new();

    /// <exception cref="DocumentError">The query is malformed or too large.</exception>
    public GraphQLDocument Build(string body)
    {
        CheckTokens(body);
        var document = Parsed(body);
        var size = new DocumentSize(document);
        if (size.Depth > options.MaxDepth) throw TooDeep();
        if (size.Fields > options.MaxFields)
            throw new QueryTooLargeException("TOO_MANY_FIELDS", $"The query has more than {options.MaxFields} fields, counting fragments wherever they are used; ask in several queries.");
        if (size.Aliases > options.MaxAliases)
            throw new QueryTooLargeException("TOO_MANY_ALIASES", $"The query has more than {options.MaxAliases} aliases; ask in several queries.");
        return document;
    }

    private GraphQLDocument Parsed(string body)
    {
        try
        {
            return _builder.Build(body);
        }
        catch (GraphQLMaxDepthExceededException)
        {
            // The parser's own limit also holds for values within values.
            throw TooDeep();
        }
    }

    private QueryTooLargeException TooDeep() =>
        new("TOO_DEEP", $"The query is nested deeper than {options.MaxDepth} levels, counting fragments within fragments.");

    private void CheckTokens(string body)
    {
        var position = 0;
        for (var count = 0; count <= options.MaxTokens; count++)
        {
            Token token;
            try
            {
                token = Lexer.Lex(body, position);
            }
            catch (GraphQLSyntaxErrorException)
            {
                // The parser says where.
                return;
            }

            if (token.Kind == TokenKind.EOF) return;
            position = token.End;
        }

        throw new QueryTooLargeException("TOO_MANY_TOKENS", string.Create(CultureInfo.InvariantCulture, $"The query has more than {options.MaxTokens} words and signs; send long lists as variables."));
    }
}

/// <summary>A query is refused for its size.</summary>
internal sealed class QueryTooLargeException : DocumentError
{
    public QueryTooLargeException(string code, string message) : base(message) => Code = code;
}

