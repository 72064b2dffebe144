using Fluid;
using Fluid.Ast;

namespace Cms.Platform.Theming.Liquid.Syntax;

/// <summary>A parsed template whose blocks that keep text are stopped where it grows too long.</summary>
internal class BoundedBlocks : AstRewriter
{
    protected override Statement VisitCaptureStatement(CaptureStatement captureStatement) => new BoundedCapture((CaptureStatement)base.VisitCaptureStatement(captureStatement));

    protected override Statement VisitIfChangedStatement(IfChangedStatement ifChangedStatement) =>
        new BoundedIfChanged((IfChangedStatement)base.VisitIfChangedStatement(ifChangedStatement));
}
