using FeatureTransfer.Pipelines;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FolderWatcher;

/// <summary>Looks into a folder every half second. No file ends it: what cannot be read goes into <c>unreadable</c>, what cannot be moved is tried again.</summary>
internal sealed partial class Sorter(Bundle bundle, Folders folders, ILogger<Sorter> logger) : BackgroundService
{
    private Dictionary<string, (long Length, DateTime Written)> _seen = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Directory.CreateDirectory(folders.Inbox);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var answer in bundle.Predict(Complete()))
                    Sort(answer);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Skipped(folders.Inbox, exception);
            }
        }
    }

    // A file that is still being copied changes from one look to the next.
    private List<string> Complete()
    {
        var now = new DirectoryInfo(folders.Inbox).EnumerateFiles().ToDictionary(file => file.FullName, file => (file.Length, file.LastWriteTimeUtc));
        var complete = now.Where(file => _seen.TryGetValue(file.Key, out var before) && before == file.Value).Select(file => file.Key).ToList();
        _seen = now;
        return complete;
    }

    private void Sort(Prediction answer)
    {
        try
        {
            var place = folders.Move(answer.Input, answer.Label ?? "unreadable");
            Moved(place, answer.Confidence, answer.Error);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Skipped(answer.Input, exception);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Place} (confidence {Confidence}) {Error}")]
    private partial void Moved(string place, double? confidence, string? error);

    [LoggerMessage(LogLevel.Warning, "{File} is tried again later")]
    private partial void Skipped(string file, Exception exception);
}
