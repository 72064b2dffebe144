using Cms.Platform.Storage;

namespace Cms.Platform.Queries;

/// <summary>Writes the tokens of a stored query as the database reads them; see <see cref="PortableSql"/>.</summary>
/// <param name="tokens">The query.</param>
/// <param name="source">The text that the tokens come from.</param>
/// <param name="dialect">The database's own ways.</param>
internal sealed class PortableSqlWriter(IReadOnlyList<SqlToken> tokens, string source, QueryDialect dialect)
{
    /// <summary>Begins the names of subqueries as the database gets them, so that none is ever taken for a table.</summary>
    public const string SubqueryPrefix = "with ";

    /// <summary>How many expressions a query may come to once its subqueries are taken apart.</summary>
    private const long MaxWeight = 300_000;

    private readonly Stack<SqlLevel> _levels = new([new SqlLevel(SqlLevelKind.Plain)]);
    private readonly List<string> _written = [];
    private readonly Dictionary<string, long> _subqueries = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _names = new(ContractViews.Spellings, StringComparer.OrdinalIgnoreCase);
    private string _subquery = "";
    private int _at;
    private int _aliases;

    /// <summary>What columns are called as the query was written, by what they are called in the answer.</summary>
    public Dictionary<string, string> OutputNames { get; } = new(StringComparer.Ordinal);

    /// <summary>Parameters that say how many rows.</summary>
    public HashSet<string> RowNumbers { get; } = new(StringComparer.Ordinal);

    private SqlLevel Level => _levels.Peek();

    private SqlToken Next => _at + 1 < tokens.Count ? tokens[_at + 1] : default;

    private SqlToken Previous => _at > 0 ? tokens[_at - 1] : default;

    public string Write()
    {
        if (tokens.Count == 0 || !(tokens[0].IsWord("SELECT") || tokens[0].IsWord("WITH"))) throw SqlProblems.NotOneSelect;
        for (_at = 0; _at < tokens.Count; _at++) WriteToken(tokens[_at]);
        if (_levels.Count > 1) throw new StoredQueryException("A parenthesis of the query is not closed.");
        EndItem();
        return string.Join(' ', _written);
    }

    private void WriteToken(SqlToken token)
    {
        if (Level.ExpectsTable && token.Kind is SqlTokenKind.Literal or SqlTokenKind.Parameter) throw new StoredQueryException($"A query can't read from {token.Text}.");
        switch (token.Kind)
        {
            case SqlTokenKind.Literal when Previous.Kind is SqlTokenKind.Name || (Previous.Kind is SqlTokenKind.Word && !Previous.IsKeyword):
                throw new StoredQueryException($"{token.Text} can't follow {Previous.Text}.");
            case SqlTokenKind.Literal or SqlTokenKind.Parameter:
                _written.Add(token.Text);
                break;
            case SqlTokenKind.Sign:
                WriteSign(token.Text);
                break;
            case SqlTokenKind.Word when !Previous.IsSign(".") && token.IsKeyword:
                WriteKeyword(token.Text.ToUpperInvariant());
                break;
            case SqlTokenKind.Word when !Previous.IsSign(".") && Next.IsSign("(") && Level.Clause != SqlClause.With:
                WriteFunction(token.Text);
                break;
            default:
                WriteName(token.Text);
                break;
        }
    }

    private void WriteSign(string sign)
    {
        switch (sign)
        {
            case ";" when _at == tokens.Count - 1:
                return;
            case ";":
                throw SqlProblems.NotOneSelect;
            case "(":
                Open();
                break;
            case ")":
                Close();
                return;
            case ",":
                EndItem();
                Level.ExpectsTable = Level.Clause == SqlClause.From;
                BeginItem(_at + 1);
                break;
            case "*" when Level.ExpectsTable:
                throw new StoredQueryException("A query can't read from *.");
        }

        _written.Add(sign == "==" ? "=" : sign);
    }

    private void Open()
    {
        var isFunction = Previous.Kind == SqlTokenKind.Word && !Previous.IsKeyword;
        var kind = !isFunction || Level.Clause == SqlClause.With ? SqlLevelKind.Plain : Previous.IsWord("CAST") ? SqlLevelKind.Cast : SqlLevelKind.Function;
        var isTable = Level.ExpectsTable;
        Level.ExpectsTable = false;
        _levels.Push(new SqlLevel(kind) { IsTable = isTable, ExpectsTable = isTable, Clause = isTable ? SqlClause.From : SqlClause.None });
    }

    private void Close()
    {
        if (_levels.Count == 1) throw new StoredQueryException("A parenthesis of the query is closed that was not opened.");
        EndItem();
        var closed = _levels.Pop();
        if (closed.IsSelect && Level.Clause == SqlClause.With) _subqueries[_subquery] = closed.Weight;
        else Contains(closed.Weight);
        _written.Add(")");

        // The contract's dialect names no subquery that nobody refers to; PostgreSQL wants a name.
        if (dialect.NamesSubqueries && closed is { IsTable: true, IsSelect: true } && !IsAlias(Next))
            _written.Add($"AS \"_subquery{PortableWords.Number(++_aliases)}\"");
    }

    /// <summary>A database that takes a subquery apart puts its expressions wherever their names stand, and those of its own subqueries into them.</summary>
    private void Contains(long weight)
    {
        Level.Inner = Math.Max(Level.Inner, weight);
        if (Level.Weight > MaxWeight) throw new StoredQueryException("The query nests too many expressions in each other.");
    }

    private void WriteFunction(string name)
    {
        if (Level.ExpectsTable) throw new StoredQueryException($"A stored query can't read from the function {name}.");
        if (name.Equals("CAST", StringComparison.OrdinalIgnoreCase)) _written.Add("CAST");
        else _written.Add(dialect.Functions.GetValueOrDefault(name) ?? throw new StoredQueryException($"The function {name} is not allowed in a stored query."));
    }

    private void WriteName(string name)
    {
        if (Level is { Kind: SqlLevelKind.Cast } && Previous.IsWord("AS"))
        {
            _written.Add(dialect.Types.GetValueOrDefault(name) ?? throw new StoredQueryException($"CAST to {name} is not allowed in a stored query."));
            return;
        }

        if (name.Equals("RECURSIVE", StringComparison.OrdinalIgnoreCase) && Previous.IsWord("WITH")) throw new StoredQueryException("Recursive queries are not allowed.");
        if (Previous.IsWord("NULLS") && (name.Equals("FIRST", StringComparison.OrdinalIgnoreCase) || name.Equals("LAST", StringComparison.OrdinalIgnoreCase)))
        {
            _written.Add(name.ToUpperInvariant());
            return;
        }

        Level.Names++;
        if (Level.Clause == SqlClause.With)
        {
            WriteSubqueryName(name);
            return;
        }

        // As a function it would come through unseen: functions are words of their own.
        if (Next.IsSign("(")) throw new StoredQueryException($"The function {name} is not allowed in a stored query.");
        if (Level.ExpectsTable) WriteTable(name);
        else _written.Add(Quoted(name));
        if (Previous.IsWord("AS") && Level.Clause == SqlClause.Select)
        {
            Level.HasAlias = true;
            if (_levels.Count == 1) OutputNames[_names[name]] = name;
        }
    }

    private void WriteSubqueryName(string name)
    {
        if (QueryDialect.IsView(name)) throw new StoredQueryException($"A subquery can't be called {name}, which is one of the views that a stored query may read: {QueryDialect.Readable}.");
        _subqueries[_subquery = name] = 1;
        _written.Add(Quoted(name, SubqueryPrefix));
    }

    /// <summary>A name that is read from: one of the views, or a subquery of this query.</summary>
    private void WriteTable(string name)
    {
        Level.ExpectsTable = false;
        var isSubquery = _subqueries.TryGetValue(name, out var subquery);
        if (Next.IsSign(".") || !(isSubquery || QueryDialect.IsView(name)))
            throw new StoredQueryException($"A stored query may not read {name}; it may read {QueryDialect.Readable}.");
        if (!isSubquery)
        {
            _written.Add(dialect.Schema + Quoted(name));
            return;
        }

        Contains(subquery);
        _written.Add(Quoted(name, SubqueryPrefix));
        if (!IsAlias(Next)) _written.Add("AS " + Quoted(name));
    }

    /// <summary>Whether what follows a table names it.</summary>
    private static bool IsAlias(SqlToken token) => token.IsWord("AS") || token.Kind == SqlTokenKind.Name || (token.Kind == SqlTokenKind.Word && !token.IsKeyword);

    /// <summary>The name in one spelling, the contract's or that of its first use, because quoted names are exact.</summary>
    private string Quoted(string name, string prefix = "")
    {
        if (!_names.TryGetValue(name, out var spelling)) _names[name] = spelling = name;
        return $"\"{prefix}{spelling.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private void WriteKeyword(string keyword)
    {
        switch (keyword)
        {
            case "WITH":
                Level.ExpectsTable = false;
                Level.Clause = SqlClause.With;
                break;
            case "SELECT":
                BeginSelect();
                break;
            case "DISTINCT" or "ALL" when Level.Clause == SqlClause.Select:
                BeginItem(_at + 1);
                break;
            case "FROM":
                EndItem();
                if (!Level.IsSelect || Level.Clause != SqlClause.Select) throw new StoredQueryException("FROM can't stand there in a stored query.");
                Level.Clause = SqlClause.From;
                Level.ExpectsTable = true;
                break;
            case "JOIN":
                if (Level.Clause != SqlClause.From) throw new StoredQueryException("JOIN can't stand there in a stored query.");
                Level.ExpectsTable = true;
                break;
            case "IN" when !Next.IsSign("("):
                throw new StoredQueryException("IN needs a list or a subquery in parentheses.");
            case "LIMIT" or "OFFSET" when Next.IsSign("-"):
                throw new StoredQueryException($"{keyword} can't be negative.");
            case "WHERE" or "GROUP" or "HAVING" or "LIMIT" or "OFFSET" or "UNION" or "EXCEPT" or "INTERSECT":
                if (keyword is "LIMIT" or "OFFSET" && Next.Kind == SqlTokenKind.Parameter) RowNumbers.Add(Next.Text[1..]);
                EndItem();
                Level.Clause = SqlClause.Other;
                break;
            case "ORDER":
                EndItem();
                Level.Clause = SqlClause.OrderBy;
                BeginItem(_at + 2);
                break;
            case "DESC":
                Level.IsDescending = true;
                break;
            case "NULLS":
                Level.HasNulls = true;
                break;
        }

        _written.Add(keyword == "LIKE" ? dialect.Like : keyword);
    }

    private void BeginSelect()
    {
        if (Level.Kind != SqlLevelKind.Plain) throw SqlProblems.NotOneSelect;
        Level.IsSelect = true;
        Level.ExpectsTable = false;
        Level.Clause = SqlClause.Select;
        BeginItem(_at + 1);
    }

    private void BeginItem(int start)
    {
        Level.ItemStart = start;
        Level.HasAlias = Level.IsDescending = Level.HasNulls = false;
    }

    /// <summary>Completes an item of a list with what the contract's dialect takes for granted: where rows without a value come, and what a column without a name is called.</summary>
    private void EndItem()
    {
        if (dialect.OrdersNulls && Level.Clause == SqlClause.OrderBy && !Level.HasNulls) _written.Add(Level.IsDescending ? "NULLS LAST" : "NULLS FIRST");
        if (Level.Clause != SqlClause.Select || Level.HasAlias || _levels.Count > 1) return;
        var item = tokens.Skip(Level.ItemStart).Take(_at - Level.ItemStart).Where(token => !token.IsSign(";")).ToList();
        if (item.Count == 0 || IsNamed(item)) return;
        var alias = $"_column{PortableWords.Number(++_aliases)}";
        OutputNames[alias] = source[item[0].Start..item[^1].End];
        _written.Add($"AS \"{alias}\"");
    }

    /// <summary>Whether the item ends with a name: a column's, or one that it is given without AS.</summary>
    private static bool IsNamed(List<SqlToken> item) =>
        item[^1].IsSign("*") || item[^1].Kind == SqlTokenKind.Name || (item[^1].Kind == SqlTokenKind.Word && !item[^1].IsKeyword);
}
