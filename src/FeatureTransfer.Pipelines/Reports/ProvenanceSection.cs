using System.Text;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>What is needed to repeat the run: times, versions, the pipeline.</summary>
internal static class ProvenanceSection
{
    public static string Render(RunResult result)
    {
        var html = new StringBuilder("<section><h2>How it was made</h2><table>");
        foreach (var (stage, seconds) in result.StageSeconds)
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Html.Text(stage)}</td><td>{seconds:0.00} s</td></tr>");
        foreach (var (part, version) in result.Versions)
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Html.Text(part)}</td><td>{Html.Text(version)}</td></tr>");
        return html.Append(CultureInfo.InvariantCulture, $"</table></section><section><h2>Pipeline</h2><pre>{Html.Text(result.Pipeline)}</pre></section>").ToString();
    }
}
