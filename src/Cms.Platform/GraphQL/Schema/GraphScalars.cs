using System.Globalization;
using Cms.Core.Content;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Cms.Platform.GraphQL;

/// <summary>The scalars of one schema by name. A schema needs instances of its own.</summary>
public sealed class GraphScalars
{
    private readonly Dictionary<string, ScalarGraphType> _scalars = new ScalarGraphType[]
    {
        new StringGraphType(), new IdGraphType(), new IntGraphType(), new BooleanGraphType(), new DecimalGraphType(), new LongGraphType(),
        new TextScalar("DateTime", text => Iso8601.ParseMoment(text), value => Utc(value)),
        new TextScalar("Date", text => Iso8601.ParseDay(text), value => Text((DateTime)value, "yyyy-MM-dd")),
        new TextScalar("TimeSpan", text => Iso8601.ParseTime(text), value => Text((TimeSpan)value, "c")),
    }.ToDictionary(scalar => scalar.Name);

    public ScalarGraphType this[string name] => _scalars[name];

    private static string Text(IFormattable value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static DateTime Utc(object value) => DateTime.SpecifyKind((DateTime)value, DateTimeKind.Utc);

    /// <summary>A scalar written as text. Moments without a zone count as UTC, as everywhere in the contract.</summary>
    private sealed class TextScalar : ScalarGraphType
    {
        private readonly Func<string, object?> _parse;
        private readonly Func<object, object> _write;

        public TextScalar(string name, Func<string, object?> parse, Func<object, object> write)
        {
            Name = name;
            _parse = parse;
            _write = write;
        }

        public override object? ParseLiteral(GraphQLValue value) => value switch
        {
            GraphQLStringValue text => _parse((string)text.Value) ?? ThrowLiteralConversionError(value),
            GraphQLNullValue => null,
            _ => ThrowLiteralConversionError(value),
        };

        public override object? ParseValue(object? value) => value switch
        {
            string text => _parse(text) ?? ThrowValueConversionError(value),
            null => null,
            _ => ThrowValueConversionError(value),
        };

        public override object? Serialize(object? value) => value is null ? null : _write(value);
    }
}
