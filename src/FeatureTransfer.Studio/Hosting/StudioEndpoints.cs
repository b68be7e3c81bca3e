using FeatureTransfer.Studio.Exporting;
using FeatureTransfer.Studio.Rows;
using FeatureTransfer.Studio.Session;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FeatureTransfer.Studio.Hosting;

/// <summary>What the page's script asks for beside Blazor. Rows are named by their numbers, and exported files by a list: no request names a path.</summary>
internal static class StudioEndpoints
{
    /// <summary>The bytes of one file at most.</summary>
    public const long MaxFileBytes = 64 << 20;

    private static readonly string[] _exported = [StudioPipeline.FileName, LabelFile.Name, $"{StudioPipeline.Outputs}/model.ftm", $"{StudioPipeline.Outputs}/report.html"];

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/points", (StudioSession session) => Results.Bytes(MapPoints.Of(session.State), "application/octet-stream"));
        endpoints.MapGet("/thumbs/{row:int}/{key}", Thumbnail);
        endpoints.MapGet("/rows/{row:int}", Original);
        endpoints.MapGet("/exported/{number:int}", Exported);
        endpoints.MapPost("/files", AddAsync);
        endpoints.MapPost("/trials", TryAsync);
    }

    private static IResult Thumbnail(int row, HttpContext context, StudioSession session) => OfRow(session, row, item =>
    {
        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return Results.Bytes(session.Thumbnails.Of(item), "image/jpeg");
    });

    private static IResult Original(int row, StudioSession session) => OfRow(session, row, item => Results.File(session.Folder.PathOf(item), "application/octet-stream", item.Name, enableRangeProcessing: true));

    private static IResult OfRow(StudioSession session, int row, Func<FolderRow, IResult> answer)
    {
        if (row < 0 || row >= session.State.Rows.Count)
            return Results.NotFound();
        try
        {
            return answer(session.State.Rows[row]);
        }
        catch (BadInputException)
        {
            return Results.NotFound();
        }
    }

    private static IResult Exported(int number, HttpContext context, StudioSession session)
    {
        if (number < 0 || number >= _exported.Length || !File.Exists(session.Folder.Beside(_exported[number])))
            return Results.NotFound();
        var file = session.Folder.Beside(_exported[number]);
        if (!file.EndsWith(".html", StringComparison.Ordinal))
            return Results.File(file, "application/octet-stream", Path.GetFileName(file));
        context.Response.Headers.ContentSecurityPolicy = PageHeaders.ReportPolicy;
        return Results.File(file, "text/html; charset=utf-8");
    }

    private static Task<IResult> AddAsync(string name, HttpContext context, StudioSession session) =>
        TakeAsync(context, content => Task.FromResult<object>(new { row = session.Add(name, content) }));

    private static Task<IResult> TryAsync(string name, HttpContext context, StudioSession session) =>
        TakeAsync(context, async content => new { id = await session.TryAsync(name, content, context.RequestAborted).ConfigureAwait(false) });

    private static async Task<IResult> TakeAsync(HttpContext context, Func<ReadOnlyMemory<byte>, Task<object>> take)
    {
        try
        {
            return Results.Ok(await take(await ReadAsync(context).ConfigureAwait(false)).ConfigureAwait(false));
        }
        catch (FeatureTransferException exception)
        {
            return Results.BadRequest(new { error = exception.Message });
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context)
    {
        using var content = new MemoryStream();
        await context.Request.Body.CopyToAsync(content, context.RequestAborted).ConfigureAwait(false);
        return content.ToArray();
    }
}
