"""What axe-core, which comes with axe-playwright-python, finds in a page that people with disabilities cannot use."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_RUN = """async (options) => (await axe.run(document, {resultTypes: ["violations"], iframes: false, ...options}))
  .violations.flatMap((found) => found.nodes.map(
    (one) => [found.impact, `${found.id} at ${one.target.join(" ")}: ${one.failureSummary}`]))"""
_STILL = """Promise.all(
  document.getAnimations().filter((one) => one.effect.getTiming().iterations < 9).map((one) => one.finished))"""


def findings(page: Page, *more: str) -> list[str]:
    """Findings of every grade in what a page shows now, one line each; of all usual rules and some `more`."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    page.evaluate(_STILL)
    options = {"rules": {rule: {"enabled": True} for rule in more}}
    return [f"{impact}: {told}" for impact, told in page.evaluate(_RUN, options)]
