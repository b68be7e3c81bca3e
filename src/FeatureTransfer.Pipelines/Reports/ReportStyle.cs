namespace FeatureTransfer.Pipelines.Reports;

/// <summary>The looks of a report, light and dark.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root{color-scheme:light dark;--ink:#1b2430;--soft:#5d6b7c;--line:#dfe5ec;--card:#fff;--page:#f5f7fa;--mark:#1f6feb;--mark-rgb:31,111,235}
        @media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9aa7b4;--line:#2d3640;--card:#161b22;--page:#0d1117;--mark:#58a6ff;--mark-rgb:88,166,255}}
        *{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,-apple-system,Segoe UI,Roboto,sans-serif}
        main{max-width:1000px;margin:0 auto;padding:32px 20px}h1{font-size:28px;margin:0}h2{font-size:17px;margin:0 0 12px}
        p{margin:4px 0 0}.soft{color:var(--soft)}section{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:20px;margin-top:18px;overflow-x:auto}
        .tiles{display:flex;flex-wrap:wrap;gap:12px;margin-top:18px}.tile{flex:1 1 170px;background:var(--card);border:1px solid var(--line);border-radius:12px;padding:16px}
        .tile b{display:block;font-size:26px;line-height:1.2;font-variant-numeric:tabular-nums}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
        th,td{padding:5px 10px;text-align:right;border-bottom:1px solid var(--line)}th{font-weight:600;color:var(--soft)}th:first-child,td:first-child,.left{text-align:left}p+table{margin-top:8px}
        td{overflow-wrap:anywhere}td:first-child{min-width:9em}.numbers td:not(:first-child,.text){white-space:nowrap}
        .trials td{overflow-wrap:break-word}.trials td:first-child{min-width:0}
        .matrix{width:100%;table-layout:fixed}.matrix col.names{width:150px}.matrix td{text-align:center;white-space:nowrap;overflow-wrap:normal;padding:5px 0;border:1px solid var(--card)}.matrix .right{font-weight:600;outline:1px solid var(--soft);outline-offset:-2px}
        .matrix th{overflow-wrap:anywhere}.matrix th.axis{color:var(--ink)}.matrix th.axis[colspan]{text-align:center}.matrix th span{display:inline-block;writing-mode:vertical-rl;transform:rotate(180deg);max-height:11em;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.matrix th[title]{text-align:center;vertical-align:bottom;padding:5px 0}
        details{margin-top:10px}summary{cursor:pointer;color:var(--soft)}.bar{display:inline-block;height:8px;border-radius:4px;background:var(--mark);vertical-align:middle}
        .thumbs{display:flex;flex-wrap:wrap;gap:12px}.thumbs figure{margin:0;width:132px}.thumbs img{width:96px;height:96px;object-fit:contain;object-position:left bottom;display:block;margin-bottom:4px}
        .chart{margin:0;flex-basis:280px}.chart svg{width:100%;display:block}.chart svg text{font-size:10px;fill:var(--soft)}.chart .grid{stroke:var(--line);stroke-width:1}.chart figcaption{font-size:14px;margin-bottom:6px}
        .legend{display:flex;flex-wrap:wrap;gap:0 16px;font-size:12px}.legend i{display:inline-block;width:14px;height:3px;border-radius:2px;margin-right:6px;vertical-align:middle;background:currentColor}.legend .dashed{background:repeating-linear-gradient(90deg,currentColor 0 4px,transparent 4px 7px)}
        .map{position:relative;margin-top:10px}.map canvas{display:block;width:100%;border:1px solid var(--line);border-radius:8px;background:var(--page)}.map output{position:absolute;pointer-events:none;display:flex;gap:8px;max-width:300px;padding:8px;font-size:12px;background:var(--card);border:1px solid var(--line);border-radius:8px}.map output[hidden]{display:none}.map output img{width:60px;height:60px;object-fit:contain}.map output span{overflow-wrap:anywhere}
        .legend button{display:inline-flex;align-items:center;font:inherit;color:inherit;background:none;border:1px solid transparent;border-radius:6px;padding:2px 6px;cursor:pointer}.legend button[aria-pressed=true]{border-color:var(--soft)}.legend button i{width:10px;height:10px;border-radius:5px}
        .numbers img{max-width:64px;max-height:64px}.whole{white-space:nowrap}figcaption{font-size:12px;overflow-wrap:anywhere}pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:13px;margin:0}
        @media(max-width:480px){.matrix{font-size:12px}.matrix col.names{width:84px}main{padding:20px 10px}section{padding:14px}.tile{padding:12px}th,td{padding:5px 4px}.numbers{font-size:13px}.numbers td:first-child{min-width:6.5em}.numbers td.left:not(.text){display:none}.many td{font-size:0;padding:6px 0}.many th{font-size:9px;padding:2px 0}}
        """;
}
