using System.Text;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>Puts the sections of a report together.</summary>
internal static class ReportPage
{
    public static string Render(RunResult result)
    {
        var html = new StringBuilder(SummarySection.Render(result));
        if (result.Test is { } test)
            html.Append(TestSections.Render(test, result));
        html.Append(FewShotSection.Render(result));
        html.Append(ProbeSection.Render(result));
        html.Append(TargetSection.Render(result.Target));
        html.Append(SearchSection.Render(result.Search));
        html.Append(DataSection.Render(result));
        html.Append(GateSection.Render(result));
        html.Append(FineTuneSection.Render(result.FineTuning));
        html.Append(RejectedSection.Render(result));
        html.Append(CostSection.Render(result));
        html.Append(ProvenanceSection.Render(result));
        return Of(result.Name, html.ToString());
    }

    /// <summary>A whole page, which reaches nothing beyond itself.</summary>
    public static string Of(string title, string body) =>
        $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><meta http-equiv=\"Content-Security-Policy\" content=\"{MapScript.Policy}\"><title>{Html.Text(title)}</title><style>{ReportStyle.Css}</style></head><body><main>{body}</main></body></html>\n";
}
