import { render } from 'preact';
import './style.css';
import { Page } from './view/page.tsx';

const app = document.querySelector('#app');
if (app) render(<Page />, app);
