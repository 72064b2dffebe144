using System.Linq.Expressions;

namespace Cms.Platform.Storage;

/// <summary>Joins conditions into one expression that EF Core can translate.</summary>
internal static class Predicate
{
    public static Expression<Func<ContentVersionRow, bool>> Of(Expression<Func<ContentVersionRow, bool>> condition) => condition;

    public static Expression<Func<T, bool>> And<T>(Expression<Func<T, bool>> left, Expression<Func<T, bool>> right) =>
        Expression.Lambda<Func<T, bool>>(Expression.AndAlso(left.Body, Over(right, left.Parameters[0])), left.Parameters[0]);

    public static Expression<Func<T, bool>> Or<T>(Expression<Func<T, bool>> left, Expression<Func<T, bool>> right) =>
        Expression.Lambda<Func<T, bool>>(Expression.OrElse(left.Body, Over(right, left.Parameters[0])), left.Parameters[0]);

    public static Expression<Func<T, bool>> Not<T>(Expression<Func<T, bool>> condition) =>
        Expression.Lambda<Func<T, bool>>(Expression.Not(condition.Body), condition.Parameters[0]);

    /// <summary>The condition, or any other value, on a member of the row.</summary>
    public static Expression<Func<T, TResult>> Over<T, TMember, TResult>(Expression<Func<T, TMember>> member, Expression<Func<TMember, TResult>> condition) =>
        Expression.Lambda<Func<T, TResult>>(Over(condition, member.Body), member.Parameters[0]);

    private static Expression Over(LambdaExpression condition, Expression argument) =>
        new Replacement(condition.Parameters[0], argument).Visit(condition.Body);

    private sealed class Replacement(ParameterExpression parameter, Expression argument) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? argument : base.VisitParameter(node);
    }
}
